"""One case in review made into thousands by copying its rows, to try lists and queues on."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Max, Model
from wagtail.models import Page, Revision, TaskState, WorkflowState

from casestudies.models import CaseStudyPage

ROWS_AT_ONCE = 200


def copies_in_review(case: CaseStudyPage, number: int) -> None:
    """Copy a case that is in review `number` times, with its text and its place in the review."""
    revision, workflow = case.latest_revision, case.current_workflow_state
    task_state = TaskState.objects.get(pk=workflow.current_task_state_id)
    pages = list(_pages(Page.objects.get(pk=case.pk), number))
    first = Revision.objects.aggregate(last=Max("pk"))["last"] + 1
    places = list(zip(pages, range(first, first + number), strict=True))
    Page.objects.bulk_create(pages)
    Revision.objects.bulk_create(
        _copy(revision, pk=pk, object_id=str(page.pk)) for page, pk in places
    )
    Page.objects.bulk_update(
        [_with(page, latest_revision_id=pk) for page, pk in places], ["latest_revision"]
    )
    _copy_cases(case, pages)
    _copy_states(workflow, task_state, places)


def _pages(page: Page, number: int) -> Iterator[Page]:
    first = Page.objects.aggregate(last=Max("pk"))["last"] + 1
    base, path = Page._str2int(page.path[-4:]) + 100, page.path[:-4]
    for place in range(number):
        yield _copy(
            page,
            pk=first + place,
            path=path + Page._int2str(base + place).rjust(4, "0"),
            slug=f"copy-{place}",
            url_path=f"/copy-{place}/",
            translation_key=f"{place:032x}",
            latest_revision_id=None,
        )


def _copy_cases(case: CaseStudyPage, pages: list[Page]) -> None:
    # The rows below those of Page alone: Django bulk-creates no model that has a parent.
    fields = CaseStudyPage._meta.local_concrete_fields
    rows = [
        _copy(case, page_ptr_id=page.pk, number=f"CS-3000-{page.pk}", external_id=None)
        for page in pages
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        CaseStudyPage._base_manager._insert(part, fields=fields, using=connection.alias)


def _copy_states(
    workflow: WorkflowState, task_state: TaskState, places: list[tuple[Page, int]]
) -> None:
    next_way = WorkflowState.objects.aggregate(last=Max("pk"))["last"] + 1
    next_step = TaskState.objects.aggregate(last=Max("pk"))["last"] + 1
    ways = [
        _copy(workflow, pk=next_way + place, object_id=str(page.pk), current_task_state_id=None)
        for place, (page, _revision) in enumerate(places)
    ]
    WorkflowState.objects.bulk_create(ways)
    TaskState.objects.bulk_create(
        _copy(task_state, pk=next_step + place, workflow_state_id=way.pk, revision_id=revision)
        for place, (way, (_page, revision)) in enumerate(zip(ways, places, strict=True))
    )
    for place, way in enumerate(ways):
        way.current_task_state_id = next_step + place
    WorkflowState.objects.bulk_update(ways, ["current_task_state"])


def _copy(row: Any, **changed: object) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop(row._meta.pk.attname)
    return type(row)(**(values | changed))


def _with(row: Model, **changed: object) -> Any:
    for name, value in changed.items():
        setattr(row, name, value)
    return row
