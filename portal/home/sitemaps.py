"""What search engines are told of: every page a visitor may read, in six languages."""

from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from casestudies.models import CaseStudyPage, Visibility


class PublicPages(Sitemap):
    """Pages open to everyone; a file of the map holds 50,000 addresses, six for each page."""

    limit = 8000

    def items(self) -> QuerySet[Page]:
        """Give the pages, without cases for officers only."""
        closed = CaseStudyPage.objects.exclude(visibility=Visibility.PUBLIC)
        return super().items().exclude(pk__in=closed.values("pk"))
