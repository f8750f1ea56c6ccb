"""Addresses of the search page and its feed, below the language."""

from django.urls import path, re_path

from search import fragments, views
from search.feeds import search_feed

app_name = "search"
urlpatterns = [
    path("search/", views.search_page, name="page"),
    path("search/feed/", search_feed, name="feed"),
    path("search/suggest/", fragments.suggestions, name="suggest"),
    re_path(
        r"^search/similar/(?P<number>CS-[0-9]{4}-[0-9]{6})/$", fragments.similar, name="similar"
    ),
]
