"""Puts one imported case into the tree with a third of the statements Wagtail's own way takes.

A new case is saved once, as it will be read, instead of once as a draft, once with its revision
and once more when that is published. What Wagtail records and signals is the same.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from casestudies.models import AdministrationPage, CaseStudyPage, RelatedCase, Translation
from casestudies.models.choices import ChangeKind
from casestudies.services.places import place_case
from casestudies.services.publication import publish_revision, review_date

if TYPE_CHECKING:
    from portal.directory.models import User


def add_case(
    *,
    case: CaseStudyPage,
    page: AdministrationPage,
    publish: bool,
    published_at: datetime | None = None,
    author: "User | None" = None,
) -> Revision:
    """Put a new case with its number, its parts and one revision below its administration's page.

    Raises ValidationError when it cannot be saved.
    """
    case.owner = author
    case.has_unpublished_changes = not publish
    _set_review_date(case, publish)
    names = [relation.get_accessor_name() for relation in get_all_child_relations(case)]
    names += [field.name for field in get_all_child_m2m_relations(case)]
    parts = {name: list(getattr(case, name).all()) for name in names}
    place_case(case=case, administration=page.administration, below=page)
    # Saving forgets the parts it has written; put back, they need not be read again.
    for name, rows in parts.items():
        setattr(case, name, rows)
    revision = Revision.objects.create(
        content_object=case,
        base_content_type=case.get_base_content_type(),
        content=case.serializable_data(),
        object_str=str(case),
        user=author,
    )
    case.latest_revision = revision
    case.latest_revision_created_at = revision.created_at
    if publish:
        case.live, case.live_revision = True, revision
        case.last_published_at = timezone.now()
        case.first_published_at = published_at or case.last_published_at
    _save_state(case)
    if publish:
        _announce(case, revision)
    return revision


def _set_review_date(case: CaseStudyPage, publish: bool) -> None:
    if publish and case.review_by is None:
        case.review_by = review_date(timezone.localdate())


def _save_state(case: CaseStudyPage) -> None:
    # Not save(): that would check, count and index everything a second time.
    Page.objects.filter(pk=case.pk).update(
        live=case.live,
        live_revision=case.live_revision,
        first_published_at=case.first_published_at,
        last_published_at=case.last_published_at,
        latest_revision=case.latest_revision,
        latest_revision_created_at=case.latest_revision_created_at,
    )


def _announce(case: CaseStudyPage, revision: Revision) -> None:
    page_published.send(sender=CaseStudyPage, instance=case, revision=revision)
    published.send(sender=CaseStudyPage, instance=case, revision=revision)
    log(instance=case, action="wagtail.publish", revision=revision, content_changed=True)


def revise_case(*, case: CaseStudyPage, publish: bool, author: "User | None" = None) -> Revision:
    """Save a changed case as a new revision, and publish it as a new version if asked to."""
    _set_review_date(case, publish)
    is_first = case.first_published_at is None
    case.change_kind = ChangeKind.FIRST if is_first else ChangeKind.SUBSTANTIVE
    case.change_note = ""
    revision = case.save_revision(user=author, clean=False)
    if publish:
        record = CaseStudyPage.objects.filter(pk=case.pk)
        record.update(visibility=case.visibility, review_by=case.review_by)
        publish_revision(revision, by=None)
    return revision


def keep_translations(
    *, case: CaseStudyPage, revision: Revision, texts: dict[str, dict[str, str]]
) -> None:
    """Make these the checked translations of a revision; other languages stay as they are."""
    for language, words in texts.items():
        Translation.objects.update_or_create(
            case=case,
            language=language,
            state=Translation.State.CHECKED,
            defaults={"texts": words, "source_revision": revision},
        )


def relate_case(*, case: CaseStudyPage, revision: Revision, rows: list[RelatedCase]) -> None:
    """Write the relations of a case that came in a moment ago, in its one revision too."""
    RelatedCase.objects.filter(page=case).delete()
    for row in rows:
        row.page = case
        row.save()
    revision.content["related_cases"] = [get_serializable_data_for_fields(row) for row in rows]
    revision.save(update_fields=["content"])
