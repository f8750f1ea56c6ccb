"""Addresses of the search page and its feed, below the language."""

from django.urls import path

from search import fragments, views
from search.feeds import search_feed

app_name = "search"
urlpatterns = [
    path("search/", views.search_page, name="page"),
    path("search/feed/", search_feed, name="feed"),
    path("search/suggest/", fragments.suggestions, name="suggest"),
]
