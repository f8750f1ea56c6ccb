"""Addresses about people, under the language prefix."""

from django.urls import path, re_path

from portal.directory import views

urlpatterns = [
    path(
        "accounts/invitation/<str:identity>/<str:token>/",
        views.invitation,
        name="accept_invitation",
    ),
    path("people/", views.people, name="people"),
    re_path(
        r"^people/(?P<kind>administration|region)/(?P<slug>[-\w]+)/$",
        views.people_at,
        name="people_at",
    ),
    path("people/end/<int:membership_id>/", views.end_membership, name="end_membership"),
]
