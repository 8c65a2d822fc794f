"""Addresses of reviewing: the queue, one submission, comments, the gradebook."""

from django.urls import path

from .views import comments, gradebook, returned, review, review_queue, review_sound

_ONE = "classes/<uuid:uuid>/review/<uuid:submission>/"
_COMMENTS = "work/handed-in/<uuid:submission>/"
_CELL = "classes/<uuid:uuid>/gradebook/<uuid:assignment>/<uuid:learner>/"

urlpatterns = [
    path("classes/<uuid:uuid>/review/", review_queue.review_queue, name="review-queue"),
    path(
        "classes/<uuid:uuid>/review/accept/",
        review_queue.review_accept,
        name="review-accept",
    ),
    path(
        "classes/<uuid:uuid>/review/return/",
        review_queue.review_return_all,
        name="review-return-all",
    ),
    path(_ONE, review.review_detail, name="review-detail"),
    path(f"{_ONE}mark/", review.review_mark, name="review-mark"),
    path(
        f"{_ONE}sound/<int:turn>/<str:speaker>/",
        review_sound.submission_sound,
        name="submission-sound",
    ),
    path(_COMMENTS, returned.returned, name="returned"),
    path(f"{_COMMENTS}comments/", comments.comment_add, name="comment-add"),
    path(
        f"{_COMMENTS}comments/<uuid:comment>/delete/",
        comments.comment_delete,
        name="comment-delete",
    ),
    path(
        f"{_COMMENTS}comments/<uuid:comment>/sound/",
        review_sound.comment_sound,
        name="comment-sound",
    ),
    path("classes/<uuid:uuid>/gradebook/", gradebook.gradebook, name="gradebook"),
    path(
        "classes/<uuid:uuid>/gradebook/rules/",
        gradebook.gradebook_rules,
        name="gradebook-rules",
    ),
    path(
        "classes/<uuid:uuid>/gradebook.<str:form>",
        gradebook.gradebook_file,
        name="gradebook-file",
    ),
    path(_CELL, gradebook.gradebook_cell, name="gradebook-cell"),
]
