"""Addresses of the first steps, of placements and levels; ``urls`` takes them in."""

from django.urls import path

from .views import levels, onboarding, placement

urlpatterns = [
    path("welcome/", onboarding.introduction, name="onboarding"),
    path("welcome/aim/", onboarding.aim, name="onboarding-aim"),
    path("welcome/sound/", onboarding.sound, name="onboarding-sound"),
    path("placement/", placement.placement, name="placement"),
    path("placement/start/", placement.placement_start, name="placement-start"),
    path("placement/level/", placement.level_choose, name="level-choose"),
    path("placement/<uuid:uuid>/", placement.placement_item, name="placement-item"),
    path(
        "placement/<uuid:uuid>/result/",
        placement.placement_result,
        name="placement-result",
    ),
    path("learners/<uuid:uuid>/level/", levels.learner_level, name="learner-level"),
]
