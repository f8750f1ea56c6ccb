"""Ways of closing a page for a while, with everything below it."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page, PageViewRestriction


@contextmanager
def restricted(page: Page) -> Iterator[None]:
    """Let nobody in without a password meanwhile."""
    lock = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    yield
    lock.delete()


@contextmanager
def unpublished(page: Page) -> Iterator[None]:
    """Take the page off meanwhile."""
    Page.objects.get(pk=page.pk).unpublish()
    yield
    Page.objects.get(pk=page.pk).specific.save_revision().publish(skip_permission_checks=True)
