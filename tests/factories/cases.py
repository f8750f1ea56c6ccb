"""The page tree, cases, topics and collections, made quickly and without revisions."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page, Site

from casestudies.models import (
    AdministrationPage,
    CaseStudyPage,
    CaseTopic,
    CollectionItem,
    CollectionPage,
    Term,
    Topic,
    Translation,
)
from forums.models import RegionalForumPage
from portal.directory.models import Administration, Region
from portal.home.models import HomePage
from tests.factories.directory import make_administration, make_region, regions_of_record

_numbers = count(1)


def make_tree() -> HomePage:
    """Give the home page with the site on it and the page of each of the six regions below."""
    home = HomePage.objects.first() or _make_home()
    for row in regions_of_record():
        forum_page(make_region(row["slug"]))
    return home


def _make_home() -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    root.get_children().filter(slug="home").delete()
    home = Page.objects.get(pk=root.pk).add_child(
        instance=HomePage(title="Customs Forum", slug="home")
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def forum_page(region: Region) -> RegionalForumPage:
    """Give the page of a region, below the home page."""
    known = RegionalForumPage.objects.filter(region=region).first()
    if known:
        return known
    home = HomePage.objects.first() or _make_home()
    page = RegionalForumPage(title=region.short_name, slug=region.slug, region=region)
    return home.add_child(instance=page)


def administration_page(administration: Administration) -> AdministrationPage:
    """Give the page of an administration, below its region's."""
    known = AdministrationPage.objects.filter(administration=administration).first()
    if known:
        return known
    page = AdministrationPage(
        title=administration.name, slug=administration.slug, administration=administration
    )
    return forum_page(administration.region).add_child(instance=page)


def make_topic(slug: str = "single-window", *, parent: str = "", **fields: object) -> Topic:
    """Give the topic of that slug."""
    fields.setdefault("name", slug.replace("-", " ").capitalize())
    if parent:
        fields["parent"] = make_topic(parent)
    return Topic.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_term(vocabulary: str, slug: str, **fields: object) -> Term:
    """Give the term of that slug in a vocabulary."""
    fields.setdefault("name", slug.replace("-", " ").capitalize())
    return Term.objects.get_or_create(vocabulary=vocabulary, slug=slug, defaults=fields)[0]


def make_case(
    title: str = "",
    *,
    live: bool = True,
    administration: Administration | None = None,
    topics: Sequence[str | Topic] = (),
    terms: Iterable[Term] = (),
    results: Sequence[dict[str, str]] = (),
    **fields: object,
) -> CaseStudyPage:
    """Make a case with what is named and plausible defaults; live unless told otherwise."""
    number = next(_numbers)
    now = timezone.now()
    title = title or f"An experience {number}"
    defaults: dict[str, object] = {
        "number": f"CS-2026-{900_000 + number:06d}",
        "summary": f"What was learnt in experience {number}.",
        "language": "en",
        "year": 2021,
        "stage": "operation",
        "first_published_at": now if live else None,
        "last_published_at": now if live else None,
        "review_by": timezone.localdate() + timedelta(days=700),
    }
    place = administration or make_administration()
    page = CaseStudyPage(
        title=title,
        slug=f"{slugify(title)[:60] or 'case'}-{number}",
        live=live,
        administration=place,
        **(defaults | fields),
    )
    page.topic_items = [
        CaseTopic(tag=topic if isinstance(topic, Topic) else make_topic(topic), sort_order=order)
        for order, topic in enumerate(topics)
    ]
    page.terms = list(terms)
    page.results = [
        CaseStudyPage.results.rel.related_model(sort_order=order, **row)
        for order, row in enumerate(results)
    ]
    return administration_page(place).add_child(instance=page)


def make_translation(
    case: CaseStudyPage, language: str, *, checked: bool = True, **texts: str
) -> Translation:
    """Make a translation of a case, checked unless told otherwise."""
    state = Translation.State.CHECKED if checked else Translation.State.DRAFT
    return Translation.objects.create(case=case, language=language, texts=texts, state=state)


def make_collection(
    title: str = "",
    *,
    cases: Sequence[CaseStudyPage] = (),
    region: Region | None = None,
    **fields: object,
) -> CollectionPage:
    """Make a live collection of a region with these cases in order."""
    number = next(_numbers)
    now = timezone.now()
    title = title or f"A collection {number}"
    defaults: dict[str, object] = {
        "summary": "Cases worth reading together.",
        "introduction": "Why these belong together.",
        "first_published_at": now,
        "last_published_at": now,
    }
    page = CollectionPage(title=title, slug=f"{slugify(title)[:60]}-{number}", **defaults | fields)
    page.items = [
        CollectionItem(case=case, comment=f"Chosen: {case.title}", sort_order=order)
        for order, case in enumerate(cases)
    ]
    return forum_page(region or make_region()).add_child(instance=page)
