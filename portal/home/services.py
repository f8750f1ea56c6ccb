"""Builds what every portal starts with: the directory, the vocabularies and the tree of pages."""

from pathlib import Path

from django.db import transaction
from wagtail.models import Page, Site

from casestudies.services.letters import load_letters
from casestudies.services.vocabularies import load_vocabularies
from forums.models import RegionalForumPage
from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import Region
from portal.directory.roles import sync_roles
from portal.directory.services import load_directory
from portal.home.models import HomePage, StandardPage, StandardPageText

STANDING = Path(__file__).parent / "standing"


@transaction.atomic
def set_up_portal() -> None:
    """Make directory, vocabularies, letters, home page, regional forums, standing pages and roles.

    Running it again adds only what is missing.
    """
    load_directory()
    load_vocabularies()
    load_letters()
    home = _ensure_home()
    _ensure_regions(home)
    _ensure_standing_pages(home)
    sync_roles()


def _ensure_home() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Customs Forum", slug="customs-forum"))
        Site.objects.all().delete()
        root.get_children().exclude(pk=home.pk).delete()
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name="Customs Forum"
        )
    return home


def _ensure_regions(home: HomePage) -> None:
    for region in Region.objects.filter(forum_page__isnull=True):
        home.add_child(
            instance=RegionalForumPage(title=region.short_name, slug=region.slug, region=region)
        )


def _ensure_standing_pages(home: HomePage) -> None:
    """Make a page for each folder of texts; a text's first line, after `# `, is its title."""
    for folder in sorted(path for path in STANDING.glob("*") if path.is_dir()):
        if StandardPage.objects.filter(slug=folder.name).exists():
            continue
        texts = [_read_text(folder / f"{code}.md", code) for code in LANGUAGE_CODES]
        page = StandardPage(title=texts[0].title, slug=folder.name)
        page.texts = texts
        home.add_child(instance=page)


def _read_text(path: Path, code: str) -> StandardPageText:
    title, _blank, body = path.read_text(encoding="utf-8").partition("\n")
    return StandardPageText(language=code, title=title.removeprefix("# "), body=body.strip())
