"""Every address × role, and the titles that each may be shown; an address without a row is red.

A new address: run this file, paste the lines that it prints into `addresses.csv`, put the right
things into the address (`stage` has them), and think about every cell before you keep it.
"""

import csv

import pytest
from django.urls import Resolver404

from tests.addresses.asking import Asker
from tests.addresses.routes import EVERYTHING_ELSE, every_route, guess_of, route_of
from tests.addresses.stage import Stage
from tests.addresses.table import ROLES, Row, address_rows, told_titles
from tests.casestudies.test_review_rights import TABLE as RIGHTS

pytestmark = pytest.mark.slow
# Wagtail's own trial of the page that says that something broke.
BREAKS_ON_PURPOSE = "/admin/failwhale/"


def asker(stage: Stage, role: str) -> Asker:
    return Asker(None if role == "anonymous" else stage.world[role])


def measured(stage: Stage, method: str, address: str) -> Row:
    """Ask an address as everybody."""
    filled = stage.fill_in(address)
    outcomes = {role: asker(stage, role).ask(method, filled).outcome for role in ROLES}
    return Row(method, address, "", outcomes)


def test_every_address_has_a_row(stage: Stage) -> None:
    covered = {route_of(stage.fill_in(row.address)) for row in address_rows()}
    missing = [guess_of(route) for route in sorted(every_route() - covered)]
    lines = [
        measured(stage, method, address).as_line()
        for address in missing
        for method in ("GET", "POST")
    ]
    assert not lines, "Not in addresses.csv; as they answer now:\n" + "\n".join(lines)


def test_no_row_is_dead_or_said_twice(stage: Stage) -> None:
    rows = address_rows()
    assert len({row.asked for row in rows}) == len(rows)
    assert [row.as_line() for row in rows if is_dead(stage, row)] == []


def is_dead(stage: Stage, row: Row) -> bool:
    """Say whether a row is about an address that nothing answers any more."""
    try:
        route = route_of(stage.fill_in(row.address))
    except Resolver404:
        return True
    is_meant = row.address.startswith("{") or row.address == "/admin/nowhere/"
    answers = set(row.expected.values()) - {"404", "sign-in"}
    return route in EVERYTHING_ELSE and not is_meant and not answers


def test_no_row_expects_that_something_breaks() -> None:
    broken = [row.address for row in address_rows() if "500" in " ".join(row.expected.values())]
    assert broken == [BREAKS_ON_PURPOSE]


def test_the_titles_are_told_as_the_table_of_rights_says() -> None:
    with RIGHTS.open(encoding="utf-8", newline="") as file:
        seen = [row for row in csv.DictReader(file) if row["action"] == "see"]
    told = told_titles()
    for state in set(told) & set(seen[0]) - {"published"}:
        may_see = {row["role"] for row in seen if row[state] == "yes"} & set(ROLES)
        # Whoever is asked for a review is told what it would be about.
        may_see |= {"invited"} if state == "decision" else set()
        assert told[state] == may_see, state


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_as_the_table_says(stage: Stage, role: str) -> None:
    may_be_told, person = told_titles(), asker(stage, role)
    assert may_be_told.keys() == stage.words.keys()
    wrong, told = [], []
    for row in address_rows():
        address = stage.fill_in(row.address)
        answer = person.ask(row.method, address, stage.fill_in(row.sent))
        asked = f"{row.method} {row.address} {row.sent}".strip()
        if answer.outcome != row.expected[role]:
            wrong.append(f"{asked}: {row.expected[role]} in the table, {answer.outcome} in truth")
        told += [
            f"{asked}: {name}"
            for name, word in stage.words.items()
            if role not in may_be_told[name] and word in answer.shown and word not in address
        ]
    found = [*(f"{line} is shown, a title of others" for line in told), *wrong]
    assert not found, f"As {role}:\n" + "\n".join(found)
