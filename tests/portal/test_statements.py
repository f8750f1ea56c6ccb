"""A statement written once answers like its queryset, whatever ids it is given."""

from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from casestudies.models import CaseStudyPage
from portal.core.statements import ModelStatement, Statement, filled, slots
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
COLUMNS = ("pk", "title", "live", "last_published_at", "administration__slug", "is_there")


def statement(width: int = 5) -> Statement:
    there = CaseStudyPage.objects.filter(pk=OuterRef("pk"))
    cases = CaseStudyPage.objects.annotate(is_there=Exists(there)).order_by("pk")
    return Statement(cases.filter(pk__in=slots(width)).values_list(*COLUMNS))


def test_rows_are_those_of_the_ids_with_values_as_a_model_has_them() -> None:
    one, other, third = (make_case(f"Case {number}") for number in range(3))
    kept = statement()
    rows = list(kept.run(filled([one.pk, third.pk])))
    assert [row[0] for row in rows] == [one.pk, third.pk]
    fresh = CaseStudyPage.objects.get(pk=one.pk)
    assert rows[0][1:5] == [fresh.title, True, fresh.last_published_at, "malta"]
    assert isinstance(rows[0][3], datetime)
    assert rows[0][5] in (True, 1)
    assert [row[0] for row in kept.run(filled([other.pk]))] == [other.pk]


def test_without_ids_there_are_no_rows_and_every_place_can_be_filled() -> None:
    cases = [make_case() for _number in range(3)]
    assert list(statement().run()) == []
    assert len(list(statement(width=3).run(filled([case.pk for case in cases])))) == 3


def test_models_are_those_of_the_queryset_with_all_that_it_reads_beside_them() -> None:
    make_case("Another")
    case = make_case("Seals", year=2019, topics=["transit"])
    cases = CaseStudyPage.objects.annotate(is_there=Exists(CaseStudyPage.objects.all()))
    asked = cases.filter(slug="asked for").select_related("administration__region")
    (found,) = ModelStatement(asked).models({"asked for": case.slug})
    (expected,) = cases.filter(slug=case.slug).select_related("administration__region")
    for field in CaseStudyPage._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(expected, field.attname), field.name
    assert found == expected
    assert found.is_there
    assert not found._state.adding
    with CaptureQueriesContext(connection) as captured:
        assert found.administration.region.slug == "europe"
    assert not captured.captured_queries
