"""Importing: what comes in, what stays out and why, and what a second run does."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision

from casestudies.models import AdministrationPage, CaseStudyPage, CaseVersion, Translation
from casestudies.services.drafts import create_case
from casestudies.services.submission import submit_case
from portal.directory.models import Role
from portal.directory.roles import sync_roles
from tests.casestudies.exchange_files import exported, line, run, write_file
from tests.factories.cases import make_case, make_term, make_topic, make_tree
from tests.factories.directory import make_administration, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def portal() -> None:
    make_tree()
    make_administration("malta")
    make_administration("france")
    for slug in ("single-window", "transit"):
        make_topic(slug, parent="facilitation")
    make_term("mode", "sea")
    make_term("mode", "air")
    sync_roles()


def imported(folder: Path, *lines: Any, options: tuple[str, ...] = ("--publish",)) -> Any:
    return run("import_cases", write_file(folder, *lines), *options)


def the_case(external_id: str = "x-1") -> CaseStudyPage:
    return CaseStudyPage.objects.get(external_id=external_id)


def footprint() -> tuple[int, ...]:
    """What an import may leave behind, counted."""
    models = (CaseStudyPage, Revision, CaseVersion, Page, PageLogEntry, Translation)
    return tuple(model.objects.count() for model in models)


def test_without_publish_cases_are_drafts(tmp_path: Path) -> None:
    ran = imported(tmp_path, line(), options=())
    case = the_case()
    assert ran.code == 0
    assert not case.live
    assert case.number
    assert case.latest_revision
    assert not CaseVersion.objects.exists()


def test_a_published_case_stands_as_wagtails_own_publishing_leaves_it(tmp_path: Path) -> None:
    imported(tmp_path, line(topics=["transit"], modes=["sea"], results=[{"indicator": "days"}]))
    ours = the_case()
    other = make_case(live=False, topics=["transit"], results=[{"indicator": "days"}])
    other.save_revision().publish(skip_permission_checks=True)
    other.refresh_from_db()
    for case in (ours, other):
        assert case.live
        assert not case.has_unpublished_changes
        assert case.live_revision == case.latest_revision
        assert case.latest_revision_created_at == case.latest_revision.created_at
        assert case.draft_title == case.title
        assert case.first_published_at == case.last_published_at
        assert case.versions.get().revision == case.live_revision
    revision = ours.latest_revision.content
    assert revision.keys() == other.latest_revision.content.keys()
    assert [row["pk"] for row in revision["results"]] == [row.pk for row in ours.results.all()]
    assert ours.latest_revision.as_object().url_path == ours.url_path
    actions = PageLogEntry.objects.filter(page=ours.pk).values_list("action", flat=True)
    assert set(actions) == {"wagtail.create", "wagtail.publish"}


def test_an_administration_without_a_page_gets_one_that_its_officers_may_use(
    tmp_path: Path,
) -> None:
    imported(tmp_path, line("x-1"), line("x-2"), options=())
    page = AdministrationPage.objects.get(administration__iso2="MT")
    assert page.get_children().count() == 2
    assert GroupPagePermission.objects.filter(page=page, group__name="Members: MT").count() == 2


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    lines = [
        line("x-1", topics=["transit", "single-window"], modes=["sea", "air"], year=2020),
        line("x-2", related=[{"kind": "part_of", "external_id": "x-3"}]),
        line("x-3", translations={"fr": {"title": "Un titre"}}, review_by="2030-01-31"),
    ]
    imported(tmp_path, *lines)
    before = footprint()
    ran = imported(tmp_path, *lines)
    assert footprint() == before
    assert "0 new, 0 updated, 3 unchanged, 0 refused; 0 published." in ran.out


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    lines = [
        line("x-1", topics=["nowhere"]),
        line("x-2", year="x"),
        line("x-3", number="CS-2020-000007"),
    ]
    before = footprint()
    dry = imported(tmp_path, *lines, options=("--publish", "--dry-run"))
    assert footprint() == before
    real = imported(tmp_path, *lines)
    assert dry.err == real.err
    assert dry.code == real.code == 1
    assert real.out.splitlines()[-1] in dry.out


def test_good_lines_go_in_beside_bad_ones_which_are_named(tmp_path: Path) -> None:
    ran = imported(
        tmp_path,
        line("x-1"),
        "{not json",
        line("x-2", administration="ZZ"),
        line("x-3", partners=[{"kind": "member", "administration": "Q1"}]),
        line("x-1", title="Again"),
        line("x-4"),
    )
    assert ran.code == 1
    assert "line 2: not JSON" in ran.err
    assert "line 3: administration: 'ZZ' is unknown" in ran.err
    assert "line 4: partners 1: administration 'Q1' is unknown" in ran.err
    assert "line 5: external_id: line 1 has the same one" in ran.err
    assert "4 of 6 lines stayed out." in ran.err
    ids = set(CaseStudyPage.objects.values_list("external_id", flat=True))
    assert ids == {"x-1", "x-4"}


def test_unknown_words_and_broken_limits_are_warnings(tmp_path: Path) -> None:
    long = "a" * 501
    ran = imported(tmp_path, line(topics=["transit", "facilitation"], modes=["rail"], summary=long))
    case = the_case()
    assert ran.code == 0
    assert case.summary == long
    assert [topic.slug for topic in case.ordered_topics] == ["transit"]
    assert "line 1: warning: topics: 'facilitation' is not a word to choose here" in ran.err
    assert "line 1: warning: modes: 'rail'" in ran.err
    assert "line 1: warning: summary: 501 characters, the limit is 500" in ran.err


def test_a_second_import_narrows_a_published_case_and_never_opens_it(tmp_path: Path) -> None:
    imported(tmp_path, line(visibility="public"))
    imported(tmp_path, line(visibility="region"))
    assert the_case().visibility == "region"
    ran = imported(tmp_path, line(visibility="public", title="Another title"))
    assert (the_case().visibility, the_case().title) == ("region", "Another title")
    assert "visibility: it stays region" in ran.err


def test_strict_makes_them_errors(tmp_path: Path) -> None:
    lines = (line("x-1", modes=["rail"]), line("x-2"))
    ran = imported(tmp_path, *lines, options=("--strict",))
    assert ran.code == 1
    assert [case.external_id for case in CaseStudyPage.objects.all()] == ["x-2"]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_any_size_of_batch_gives_the_same(tmp_path: Path, size: int) -> None:
    cycle = [
        line(f"x-{place}", related=[{"kind": "builds_on", "external_id": f"x-{place % 5 + 1}"}])
        for place in range(1, 6)
    ]
    imported(tmp_path, *cycle, options=("--publish", "--batch", str(size)))
    for place in range(1, 6):
        case = the_case(f"x-{place}")
        assert case.related_cases.get().target.external_id == f"x-{place % 5 + 1}"
        assert case.live_revision.as_object().related_cases.get().target_id
        assert case.versions.count() == 1


def test_wrong_use_ends_with_two(tmp_path: Path) -> None:
    assert run("import_cases", tmp_path / "nothing.jsonl").code == 2
    assert run("export_cases", "--out", tmp_path / "no" / "folder.jsonl").code == 2


def test_an_empty_file_is_nothing_to_do(tmp_path: Path) -> None:
    assert imported(tmp_path, "", "  ").code == 0


def test_importing_an_id_again_updates_and_makes_a_new_version(tmp_path: Path) -> None:
    imported(tmp_path, line(year=2020, summary="Before"))
    case = the_case()
    number, page = case.number, case.pk
    imported(tmp_path, line(title="Another title"))
    case = the_case()
    assert (case.pk, case.number, case.title) == (page, number, "Another title")
    assert (case.year, case.summary) == (None, "")
    assert [version.number for version in case.versions.all()] == [1, 2]


def test_an_update_without_publish_waits_as_a_draft(tmp_path: Path) -> None:
    imported(tmp_path, line())
    imported(tmp_path, line(title="Later"), options=())
    case = the_case()
    assert case.title == "The case x-1"
    assert case.get_latest_revision_as_object().title == "Later"
    assert case.has_unpublished_changes
    ran = imported(tmp_path, line(title="Later"))
    assert the_case().title == "Later"
    assert "1 updated" in ran.out


def test_a_draft_that_came_in_before_is_published_later(tmp_path: Path) -> None:
    imported(tmp_path, line(), options=())
    imported(tmp_path, line())
    assert the_case().live
    assert the_case().versions.count() == 1


def test_a_case_in_review_is_left_alone(tmp_path: Path) -> None:
    author = make_user(Role.CONTRIBUTOR)
    case = create_case(
        author=author, administration=make_administration("malta"), language="en", title="Ours"
    )
    CaseStudyPage.objects.filter(pk=case.pk).update(external_id="x-1")
    submit_case(case=case, author=author)
    ran = imported(tmp_path, line())
    assert ran.code == 1
    assert "cannot be changed by an import now: Waiting for clearance" in ran.err
    assert the_case().get_latest_revision_as_object().title == "Ours"


def test_what_an_officer_has_not_published_yet_is_not_overwritten(tmp_path: Path) -> None:
    imported(tmp_path, line())
    officer = make_user(Role.CONTRIBUTOR)
    draft = the_case()
    draft.title = "Better words"
    draft.save_revision(user=officer)
    ran = imported(tmp_path, line(summary="From the file"))
    assert "an officer has changed the case" in ran.err
    assert the_case().get_latest_revision_as_object().title == "Better words"


def test_a_withdrawn_case_does_not_come_back(tmp_path: Path) -> None:
    imported(tmp_path, line())
    CaseStudyPage.objects.update(live=False, withdrawn_at=timezone.now())
    ran = imported(tmp_path, line(title="Back"))
    assert "cannot be changed by an import now: Withdrawn" in ran.err


def test_a_case_stays_with_its_administration(tmp_path: Path) -> None:
    imported(tmp_path, line())
    ran = imported(tmp_path, line(administration="FR"))
    assert "the case belongs to MT and stays there" in ran.err


def test_a_free_number_is_kept_and_never_given_again(tmp_path: Path) -> None:
    year = timezone.localdate().year
    imported(tmp_path, line("x-1"), line("x-2", number=f"CS-{year}-000041"), line("x-3"))
    numbers = [the_case(f"x-{place}").number for place in (1, 2, 3)]
    assert numbers == [f"CS-{year}-{count:06d}" for count in (42, 41, 43)]


def test_a_number_that_is_taken_is_replaced_and_named(tmp_path: Path) -> None:
    taken = make_case(number="CS-2020-000001")
    ran = imported(tmp_path, line(number=taken.number), line("x-2", number=taken.number))
    assert ran.err.count("warning: number: CS-2020-000001 is taken") == 2
    assert the_case().number != taken.number


def test_a_case_keeps_its_number_whatever_the_file_says(tmp_path: Path) -> None:
    imported(tmp_path, line(number="CS-2020-000001"))
    ran = imported(tmp_path, line(number="CS-2020-000002", title="New"))
    assert "the case keeps its number CS-2020-000001" in ran.err
    assert the_case().number == "CS-2020-000001"


def test_an_embargo_holds_a_case_back(tmp_path: Path) -> None:
    ran = imported(tmp_path, line(embargo_until="2999-01-01"))
    assert "not published, as it may not be before 2999-01-01" in ran.err
    assert not the_case().live


def test_relations_name_cases_by_id_or_number(tmp_path: Path) -> None:
    known = make_case(number="CS-2020-000009")
    related = [
        {"kind": "replaces", "external_id": known.number},
        {"kind": "part_of", "external_id": "x-1"},
        {"kind": "part_of", "external_id": "nobody"},
    ]
    ran = imported(tmp_path, line(related=related))
    assert [row.target_id for row in the_case().related_cases.all()] == [known.pk]
    assert "a case is not related to itself" in ran.err
    assert "no case 'nobody' in the portal or in the file" in ran.err


def test_translations_are_checked_ones_and_others_stay(tmp_path: Path) -> None:
    imported(tmp_path, line(translations={"fr": {"title": "Titre"}, "es": {"title": "Título"}}))
    imported(tmp_path, line(translations={"fr": {"title": "Mieux"}}))
    case = the_case()
    rows = {row.language: row for row in case.translations.all()}
    assert {code: row.texts for code, row in rows.items()} == {
        "fr": {"title": "Mieux"},
        "es": {"title": "Título"},
    }
    assert {row.state for row in rows.values()} == {Translation.State.CHECKED}
    assert case.versions.count() == 1


def test_published_cases_leave_for_the_export_in_the_order_of_their_numbers(
    tmp_path: Path,
) -> None:
    make_case("Second", number="CS-2020-000002", visibility="region")
    make_case("First", number="CS-2020-000001", visibility="members")
    make_case("Draft", live=False)
    assert [row["title"] for row in exported(tmp_path)] == ["First", "Second"]
    assert run("export_cases").out.count("\n") == 2


def test_an_export_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case()
    exported(tmp_path)
    old = (tmp_path / "export.jsonl").read_bytes()
    CaseStudyPage.objects.update(title="New")

    def break_down(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("casestudies.exchange.writer.record_of", break_down)
    ran = run("export_cases", "--out", tmp_path / "export.jsonl")
    assert (ran.code, "No space left" in ran.err) == (2, True)
    assert (tmp_path / "export.jsonl").read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == ["export.jsonl"]


def test_a_case_without_an_id_of_its_own_is_found_again_by_its_number(tmp_path: Path) -> None:
    case = make_case("Written here", external_id=None)
    (row,) = exported(tmp_path)
    assert row["external_id"] == case.number
    assert "1 unchanged" in imported(tmp_path, row).out
