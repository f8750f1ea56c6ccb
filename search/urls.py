"""Addresses of the search page and of what it can be taken away as, below the language."""

from django.urls import path, re_path

from search import fragments, views
from search.downloads import export_csv, export_xlsx, open_search
from search.feeds import search_feed
from search.following.views import followed, forget
from search.gap_views import gaps, gaps_file

app_name = "search"
urlpatterns = [
    path("search/", views.search_page, name="page"),
    path("search/feed/", search_feed, name="feed"),
    path("search/click/", fragments.click, name="click"),
    path("search/suggest/", fragments.suggestions, name="suggest"),
    re_path(
        r"^search/similar/(?P<number>CS-[0-9]{4}-[0-9]{6})/$", fragments.similar, name="similar"
    ),
    path("search/export.csv", export_csv, name="csv"),
    path("search/export.xlsx", export_xlsx, name="xlsx"),
    path("workspace/figures/searches/", gaps, name="gaps"),
    path("workspace/figures/searches.csv", gaps_file, name="gaps_file"),
    path("workspace/searches/", followed, name="followed"),
    path("workspace/searches/<int:pk>/forget/", forget, name="forget"),
    path("opensearch.xml", open_search, name="opensearch"),
]
