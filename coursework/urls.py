"""Addresses of set work and of what teachers see of their classes, one list a part."""

from . import insight_urls

app_name = "coursework"

urlpatterns = [
    *insight_urls.urlpatterns,
]
