"""Addresses of set work: the learner's side."""

from django.urls import path

from .views import work

urlpatterns = [
    path("work/", work.work_list, name="work-list"),
    path("work/<uuid:uuid>/", work.work_detail, name="work-detail"),
    path("work/<uuid:uuid>/begin/<str:part>/", work.work_begin, name="work-begin"),
    path("work/<uuid:uuid>/hand-in/", work.work_hand_in, name="work-hand-in"),
    path(
        "work/<uuid:uuid>/instructions/",
        work.work_instructions,
        name="work-instructions",
    ),
]
