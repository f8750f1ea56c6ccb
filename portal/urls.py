"""Every address of the portal: the composition root."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.sitemaps.views import sitemap

from casestudies.admin.views import ChosenPagesView, closed_report
from casestudies.views import files
from portal.directory.views import one_way_in
from portal.home import views as home
from portal.home.sitemaps import PublicPages
from search.api import api
from search.health import alive, ready
from search.metrics import metrics

urlpatterns = [
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PublicPages}}, name="sitemap"),
    path("robots.txt", home.robots, name="robots"),
    path("", home.front_door, name="front_door"),
    path("language/<str:code>/", home.choose_language, name="choose_language"),
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("admin/login/", one_way_in),
    path("admin/password_reset/", one_way_in),
    path("django-admin/login/", one_way_in),
    path("admin/reports/page-types-usage/", closed_report),
    path("admin/reports/page-types-usage/results/", closed_report),
    path("admin/choose-page/chosen-multiple/", require_admin_access(ChosenPagesView.as_view())),
    path("admin/", include(admin_urls)),
    # Wagtail links to documents by this name; its own view answers before it asks for any right.
    path("documents/<int:pk>/<str:name>", files.document, name="wagtaildocs_serve"),
    path(f"{settings.MEDIA_URL.strip('/')}/images/<str:name>", files.picture, name="picture"),
    *i18n_patterns(
        path("design/", home.design, name="design"),
        path("collections/", home.collections, name="collections"),
        # Before the cases: in the workspace "searches" is no number of a case.
        path("", include("search.urls")),
        path("", include("casestudies.urls")),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/2fa/", include("allauth.mfa.urls")),
        path("", include("portal.directory.urls")),
        path("", include(wagtail_urls)),
    ),
]
