"""Addresses of set work and of what teachers see of their classes, one list a part."""

from . import assignment_urls, insight_urls, review_urls

app_name = "coursework"

urlpatterns = [
    *assignment_urls.urlpatterns,
    *review_urls.urlpatterns,
    *insight_urls.urlpatterns,
]
