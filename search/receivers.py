"""Listening to content: every change is noted in the outbox, in the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from casestudies.models import (
    CaseStudyPage,
    CollectionPage,
    Term,
    Topic,
    Translation,
    Visibility,
)
from casestudies.querysets import on_open_ground
from casestudies.signals import case_record_changed
from portal.directory.models import Administration, Region
from search import vocabularies
from search.facets import Kind
from search.models import HiddenFrom, IndexChange, SynonymGroup
from search.outbox import record

KINDS: tuple[tuple[Kind, type[CaseStudyPage] | type[CollectionPage]], ...] = (
    (Kind.CASE, CaseStudyPage),
    (Kind.COLLECTION, CollectionPage),
)


def hidden_from(case: CaseStudyPage) -> HiddenFrom:
    """Say whom a case must not be shown to from now on, whatever the index still holds."""
    if not case.live or case.visibility == Visibility.REGION:
        return HiddenFrom.EVERYBODY
    if case.visibility == Visibility.PUBLIC:
        return HiddenFrom.NOBODY
    return HiddenFrom.PUBLIC


@receiver(page_published)
def on_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Note a case or collection; below any other page, everything (its state may have changed)."""
    if isinstance(instance, CaseStudyPage):
        record(kind=Kind.CASE, object_ids=[instance.pk], hidden_from=hidden_from(instance))
    elif isinstance(instance, CollectionPage):
        state = HiddenFrom.NOBODY if instance.live else HiddenFrom.EVERYBODY
        record(kind=Kind.COLLECTION, object_ids=[instance.pk], hidden_from=state)
    else:
        record_below(instance.path)


@receiver(page_unpublished)
def on_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Withdraw a page and what stands below it at once."""
    record_closed(instance)


@receiver(post_page_move)
def on_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Look again at everything that moved; where it went under a closed page, withdraw it."""
    is_open = on_open_ground(Page.objects.filter(pk=instance.pk)).exists()
    record_below(instance.path, HiddenFrom.UNSAID if is_open else HiddenFrom.EVERYBODY)


@receiver(case_record_changed)
def on_record_changed(sender: type[CaseStudyPage], instance: CaseStudyPage, **kwargs: Any) -> None:
    """Look again at a case with other readers, another place or another review-by date.

    One for fewer people than before is hidden from the others until the index knows.
    """
    record(kind=Kind.CASE, object_ids=[instance.pk], hidden_from=hidden_from(instance))


@receiver(post_save, sender=PageViewRestriction)
def on_restricted(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Withdraw what a restriction closes."""
    record_closed(instance.page)


@receiver(post_delete, sender=PageViewRestriction)
def on_restriction_lifted(
    sender: type[Model], instance: PageViewRestriction, **kwargs: Any
) -> None:
    """Look again at what a restriction closed."""
    record_below(instance.page.path)


@receiver(post_delete, sender=CaseStudyPage)
def on_case_deleted(sender: type[Model], instance: CaseStudyPage, **kwargs: Any) -> None:
    """Withdraw a deleted case."""
    record(kind=Kind.CASE, object_ids=[instance.pk], hidden_from=HiddenFrom.EVERYBODY)


@receiver(post_delete, sender=CollectionPage)
def on_collection_deleted(sender: type[Model], instance: CollectionPage, **kwargs: Any) -> None:
    """Withdraw a deleted collection."""
    record(kind=Kind.COLLECTION, object_ids=[instance.pk], hidden_from=HiddenFrom.EVERYBODY)


@receiver([post_save, post_delete], sender=Translation)
def on_translation_changed(sender: type[Model], instance: Translation, **kwargs: Any) -> None:
    """Look again at the case that was translated."""
    record(kind=Kind.CASE, object_ids=[instance.case_id])


@receiver([post_save, post_delete], sender=Topic)
def on_topic_changed(sender: type[Model], instance: Topic, **kwargs: Any) -> None:
    """Look again at the cases of a topic or of a group of topics."""
    _names_changed(
        Q(topic_items__tag=instance.pk) | Q(topic_items__tag__parent=instance.pk), kwargs
    )


@receiver([post_save, post_delete], sender=Term)
def on_term_changed(sender: type[Model], instance: Term, **kwargs: Any) -> None:
    """Look again at the cases that carry a term."""
    _names_changed(Q(terms=instance.pk) | Q(terms__parent=instance.pk), kwargs)


@receiver([post_save, post_delete], sender=Administration)
def on_administration_changed(sender: type[Model], instance: Administration, **kwargs: Any) -> None:
    """Look again at the cases of an administration: its name or region may have changed.

    Its cases for one region are hidden until the index knows in which region they are now.
    """
    own = Q(administration=instance.pk)
    _names_changed(own, kwargs)
    if not kwargs.get("created") and not kwargs.get("raw"):
        regional = _ids(CaseStudyPage, own & Q(live=True, visibility=Visibility.REGION))
        record(kind=Kind.CASE, object_ids=regional, hidden_from=HiddenFrom.EVERYBODY)


@receiver([post_save, post_delete], sender=Region)
def on_region_changed(sender: type[Model], instance: Region, **kwargs: Any) -> None:
    """Look again at the cases of a region and at its collections."""
    _names_changed(Q(administration__region=instance.pk), kwargs)
    if not kwargs.get("created"):
        record(kind=Kind.COLLECTION, object_ids=_ids(CollectionPage, Q(live=True)))


@receiver([post_save, post_delete], sender=SynonymGroup)
def on_phrases_changed(sender: type[Model], instance: SynonymGroup, **kwargs: Any) -> None:
    """Use other phrases at once: in this transaction, and after it for whoever read meanwhile."""
    vocabularies.forget()
    transaction.on_commit(vocabularies.forget)


def _names_changed(cases: Q, kwargs: dict[str, Any]) -> None:
    vocabularies.forget()
    if not kwargs.get("created") and not kwargs.get("raw"):
        record(kind=Kind.CASE, object_ids=_ids(CaseStudyPage, cases & Q(live=True)))


def record_closed(page: Page) -> None:
    """Note a page that closed, and everything below it.

    What stands below is hidden by the page itself (`search.closed`). By its own id is hidden the
    page, and what has a change on its way: the index may not know yet that it stands there.
    """
    for kind, model in KINDS:
        below = _ids(model, Q(path__startswith=page.path))
        waiting = IndexChange.objects.filter(kind=kind, object_id__in=below)
        by_id = {page.pk, *waiting.values_list("object_id", flat=True)} & set(below)
        record(kind=kind, object_ids=sorted(by_id), hidden_from=HiddenFrom.EVERYBODY)
        record(kind=kind, object_ids=sorted(set(below) - by_id))


def record_below(path: str, state: HiddenFrom = HiddenFrom.UNSAID) -> None:
    """Note every case and collection at a path of the tree or below it."""
    for kind, model in KINDS:
        record(kind=kind, object_ids=_ids(model, Q(path__startswith=path)), hidden_from=state)


def _ids(model: type[CaseStudyPage] | type[CollectionPage], where: Q) -> Iterable[int]:
    return model.objects.filter(where).order_by("pk").values_list("pk", flat=True).distinct()
