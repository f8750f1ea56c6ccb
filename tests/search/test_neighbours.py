"""Cases about the same as a draft: found by what the draft says now, never one unread."""

import pytest
from django.contrib.auth.models import AnonymousUser

from casestudies.checks.findings import Matter
from casestudies.checks.neighbours import SimilarCase
from casestudies.models import CaseStudyPage, RelatedCase
from search.engines.base import Engine
from search.neighbours import neighbours_of
from tests.factories.cases import make_case, make_term
from tests.search.looking import index_everything

pytestmark = pytest.mark.django_db
TOPICS = ["transit", "canine-units"]


def titles(draft: CaseStudyPage) -> list[str]:
    return [way.label for way in neighbours_of(draft, AnonymousUser())]


def test_a_draft_is_compared_by_what_it_says_now(engine: Engine) -> None:
    drones = make_term("technology", "drones")
    make_case("Much alike", topics=TOPICS, terms=[drones])
    make_case("A little alike", topics=["transit", "integrity", "origin", "valuation"])
    make_case("For Members", topics=TOPICS, terms=[drones], visibility="members")
    index_everything()
    draft = make_case("Ours", live=False, topics=["transit"])
    assert titles(draft) == []
    other = make_case("Source of topics", live=False, topics=TOPICS)
    draft.topic_items = list(other.topic_items.all())
    draft.terms = [drones]
    assert titles(draft) == ["Much alike"]
    [finding] = SimilarCase().look(Matter(draft, AnonymousUser()))
    assert [way.label for way in finding.ways] == ["Much alike"]
    assert "Same topics" in finding.ways[0].reason


def test_a_case_that_the_draft_names_already_is_not_named_again(engine: Engine) -> None:
    drones = make_term("technology", "drones")
    known = make_case("Much alike", topics=TOPICS, terms=[drones])
    index_everything()
    draft = make_case("Ours", live=False, topics=TOPICS, terms=[drones])
    assert titles(draft) == ["Much alike"]
    draft.related_cases = [RelatedCase(kind="builds_on", target=known)]
    assert titles(draft) == []
    assert not list(SimilarCase().look(Matter(draft, AnonymousUser())))


def test_a_draft_that_the_index_knows_as_hidden_breaks_no_engine(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    make_case("Much alike", topics=TOPICS)
    draft = make_case("Ours", live=False, topics=TOPICS)
    index_everything()
    assert titles(draft) == ["Much alike"]
    assert "engine down" not in caplog.text
