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
from portal.directory.models import Administration, Region
from search import vocabularies
from search.facets import Kind
from search.models import HiddenFrom, SynonymGroup
from search.outbox import record


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
    record_below(instance.path, HiddenFrom.EVERYBODY)


@receiver(post_page_move)
def on_moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Look again at everything that moved."""
    record_below(instance.path)


@receiver(post_save, sender=PageViewRestriction)
def on_restricted(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Withdraw what a restriction closes."""
    record_below(instance.page.path, HiddenFrom.EVERYBODY)


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
    """Look again at the cases of an administration: its name or region may have changed."""
    _names_changed(Q(administration=instance.pk), kwargs)


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


def record_below(path: str, state: HiddenFrom = HiddenFrom.UNSAID) -> None:
    """Note every published case and collection at a path of the tree or below it."""
    for kind, model in ((Kind.CASE, CaseStudyPage), (Kind.COLLECTION, CollectionPage)):
        record(kind=kind, object_ids=_ids(model, Q(path__startswith=path)), hidden_from=state)


def _ids(model: type[CaseStudyPage] | type[CollectionPage], where: Q) -> Iterable[int]:
    return model.objects.filter(where).order_by("pk").values_list("pk", flat=True).distinct()
