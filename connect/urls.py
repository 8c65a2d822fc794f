"""Addresses for other systems, and of the pages that let them in."""

from django.urls import include, path

from .api import site
from .views import (
    api_docs,
    lti_account,
    lti_choose,
    lti_launch,
    platforms,
    records,
    tokens,
    webhooks,
)

app_name = "connect"

urlpatterns = [
    path("api/v1/", include((site.urlpatterns, "api"))),
    path("api/", api_docs.api_docs, name="api-docs"),
    path("lti/login/", lti_launch.lti_login, name="lti-login"),
    path("lti/launch/", lti_launch.lti_launch, name="lti-launch"),
    path("lti/enter/", lti_launch.lti_enter, name="lti-enter"),
    path("lti/choose/", lti_choose.lti_choose, name="lti-choose"),
    path("lti/keys.json", lti_launch.lti_keys, name="lti-keys"),
    path("lti/account/", lti_account.lti_account, name="lti-account"),
    path("lti/course/", lti_account.lti_course, name="lti-course"),
    path("connect/tokens/", tokens.token_list, name="token-list"),
    path(
        "connect/tokens/<uuid:uuid>/revoke/", tokens.token_revoke, name="token-revoke"
    ),
    path("connect/webhooks/", webhooks.webhook_list, name="webhook-list"),
    path(
        "connect/webhooks/<uuid:uuid>/", webhooks.webhook_detail, name="webhook-detail"
    ),
    path(
        "connect/webhooks/<uuid:uuid>/change/",
        webhooks.webhook_change,
        name="webhook-change",
    ),
    path(
        "connect/messages/<uuid:uuid>/again/",
        webhooks.delivery_again,
        name="delivery-again",
    ),
    path("connect/platforms/", platforms.platform_list, name="platform-list"),
    path(
        "connect/platforms/<uuid:uuid>/",
        platforms.platform_detail,
        name="platform-detail",
    ),
    path(
        "connect/platforms/<uuid:uuid>/change/",
        platforms.platform_change,
        name="platform-change",
    ),
    path(
        "connect/courses/<int:course_id>/roster/",
        platforms.roster_read,
        name="roster-read",
    ),
    path("connect/records/", records.record_list, name="record-list"),
]
