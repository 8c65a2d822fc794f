"""Addresses for other systems, and of the pages that let them in."""

from django.urls import include, path

from .api import site
from .views import lti_account, lti_choose, lti_launch

app_name = "connect"

urlpatterns = [
    path("api/v1/", include((site.urlpatterns, "api"))),
    path("lti/login/", lti_launch.lti_login, name="lti-login"),
    path("lti/launch/", lti_launch.lti_launch, name="lti-launch"),
    path("lti/enter/", lti_launch.lti_enter, name="lti-enter"),
    path("lti/choose/", lti_choose.lti_choose, name="lti-choose"),
    path("lti/keys.json", lti_launch.lti_keys, name="lti-keys"),
    path("lti/account/", lti_account.lti_account, name="lti-account"),
    path("lti/course/", lti_account.lti_course, name="lti-course"),
]
