"""What is published: how fresh, in which stage, and the topics that nobody has written about."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from casestudies.figures.scopes import Scope
from casestudies.figures.tables import Table
from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage, CaseTopic, Stage, Topic
from casestudies.models.choices import Freshness
from portal.core.csv_files import Cell


def freshness_table(scope: Scope, today: date) -> Table:
    """Give how many published cases of each place are current, due and outdated."""
    counts: Counter[tuple[int, str]] = Counter()
    for place, review_by, number in _published(scope, "review_by"):
        counts[place, freshness_of(review_by, today).value] += number
    return Table(
        title=_("How fresh the published cases are"),
        about=_("By the date by which each has to be looked at again."),
        heads=[_("Where"), *[str(label) for label in Freshness.labels], _("All")],
        rows=_rows(scope, counts, Freshness.values),
    )


def stages_table(scope: Scope, today: date) -> Table:
    """Give how many published cases of each place are in each stage."""
    counts: Counter[tuple[int, str]] = Counter()
    for place, stage, number in _published(scope, "stage"):
        counts[place, stage] += number
    return Table(
        title=_("Published cases by stage"),
        about=_("The stage is the one that the authors gave."),
        heads=[_("Where"), *[str(label) for label in Stage.labels], _("Not said"), _("All")],
        rows=_rows(scope, counts, [*Stage.values, ""]),
    )


def empty_topics(scope: Scope, today: date) -> Table:
    """Give the topics about which none of these places has published a case."""
    cases = CaseStudyPage.objects.published().filter(**scope.of())
    written = CaseTopic.objects.filter(content_object__in=cases.values("pk"))
    topics = Topic.objects.filter(parent__isnull=False).select_related("parent")
    groups: dict[Topic, list[str]] = defaultdict(list)
    for topic in topics.exclude(pk__in=written.values("tag")):
        groups[topic.parent].append(topic.label)  # type: ignore[index]
    return Table(
        title=_("Topics without a case"),
        about=_("Nothing is published about them here: experiences to ask for."),
        heads=[_("Group"), _("Number"), _("Topics")],
        rows=[(group.label, len(own), _(", ").join(own)) for group, own in groups.items()],
    )


def _published(scope: Scope, field: str) -> Iterable[tuple[int, Any, int]]:
    cases = CaseStudyPage.objects.published().filter(**scope.of())
    groups = cases.order_by().values(scope.key, field).annotate(number=Count("pk"))
    return groups.values_list(scope.key, field, "number")


def _rows(
    scope: Scope, counts: Counter[tuple[int, str]], values: list[str]
) -> list[tuple[Cell, ...]]:
    found: list[tuple[Cell, ...]] = []
    for place, label in scope.labels.items():
        own = [counts[place, value] for value in values]
        found.append((label, *own, sum(own)))
    return found
