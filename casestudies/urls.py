"""Addresses of case studies outside the page tree: review, writing, workspace."""

from django.urls import URLPattern, URLResolver

app_name = "casestudies"
urlpatterns: list[URLPattern | URLResolver] = []
