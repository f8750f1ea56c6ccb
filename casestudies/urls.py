"""Addresses of case studies outside the page tree: review, writing, workspace."""

from django.urls import URLPattern, URLResolver, path

from casestudies.views import review

app_name = "casestudies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("review/", review.review_queue, name="review"),
    path("review/<int:pk>/", review.review_case, name="review_case"),
    path("review/<int:pk>/decide/", review.review_act, name="review_act"),
    path("review/<int:pk>/withdraw/", review.review_withdraw, name="review_withdraw"),
    path("review/<int:pk>/restore/", review.review_restore, name="review_restore"),
]
