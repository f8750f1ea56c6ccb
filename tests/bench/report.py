"""The figures of a run beside goals and yardsticks: printed, and written to docs/benchmarks.md."""

import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
HEADINGS = ("Measure", "Goal", "Yardstick", "Measured", "Beside it", "Reached")
NONE = "—"
# Every measure there is, in the order of the table, with how it is taken.
MEASURES: dict[str, str] = {
    "search": "**Search page.** One server process with one worker and one thread, asked over a "
    "connection that stays open, 3,000 cases. The yardstick is the very request that the page "
    "sends to the engine, prepared beforehand and sent by the bare client (elasticsearch-py, or "
    "tantivy's searcher in the process); page and bare request alternate.",
    "suggest": "**Suggestions.** Fourteen beginnings of words in six languages, some mistyped, "
    "asked as the search page is; the yardstick is the engine's part alone.",
    "import": "**Import.** `import_cases --publish` of 2,000 cases with 3 kB each, then "
    "`search_worker --once` until all of them are found; both as commands, their start included.",
    "submission": "**One submission.** `create_case`, `save_answers`, `submit_case`, `decide` to "
    "clear and to publish: a number, two revisions, two decisions, a version, the mails queued, "
    "the outbox. The yardstick is `add_child`, `save_revision`, `publish` of a plain page as "
    "Wagtail comes; the two alternate.",
    "writing": "**Writing and the queue.** Every screen of a Snapshot opened, its first text "
    "changed and sent, through all middleware; a text saved while one types; the first page of the "
    "queue of a coordinator for whom 2,000 cases wait. The yardstick is a standing page of the "
    "portal, asked by the same person in turn.",
    "found": "**Publish to found.** From the call that publishes until the search finds the case, "
    "with a search worker as its own process. The yardstick is a document written straight to the "
    "engine until the engine finds it; the two alternate.",
    "uploads": "**Uploads.** Twenty photographs of 12 megapixels sent one after the other, as the "
    "browser's script sends them, to one server process with four threads as `make run` starts it; "
    "meanwhile another connection asks for one page again and again. The yardstick of the page is "
    "the same before any photograph.",
    "check": "**Check.** `search_reconcile`: every object read and compared with both indices, "
    "both ways. What is given for 100,000 cases is what was measured at 3,000, multiplied.",
    "processor": "**Processor time.** `time.process_time` of a request through all middleware, 3 "
    "kB of text on the case page, which has been drawn before (its drawing is kept until a word "
    "of it changes) or is drawn anew. Yardsticks: a page with a template of one line, served by "
    "the portal and, with Wagtail's own routing and search for the site, as Wagtail comes.",
    "rebuild": "**Rebuild.** A new generation made, written batch by batch and made findable, "
    "beside `elasticsearch.helpers.bulk` of the same documents into bare indices of the same form.",
    "wide": "**A wide catalogue.** The same pages at 3,000 cases and, after each case was copied "
    "33 times, at 99,000, from a generation that holds the copies. A process of its own builds it: "
    "the seconds are the engine's part, without reading the cases; the memory is all of it.",
    "statements": "**Statements.** SQL statements of a page, drawn anew by a warm process, at "
    "3,000 cases; the budgets are tests elsewhere.",
}

WORDS = """\
# Benchmarks

Written by `make bench`. Each figure stands beside a yardstick measured in the same run, because
milliseconds of another machine, or of a busier hour, say little. p50 is the median, p95 what one
in twenty exceeds. A load above the number of cores (below) means that other work slowed the run:
what it says of milliseconds is then too much.

{table}

## Where a goal is not reached

- **Search page.** What the page adds is processor time: about half of it draws the templates in
  the reader's language, a quarter names and checks the results, and a statement asks the database
  again what may be shown, so that nothing withdrawn a moment ago appears. No part of it is large.
- **Import.** A case takes some 25 statements, each of which Wagtail makes as well: page, parts,
  revision, log, version and the sealed record of acts. Publishing in Wagtail's own way takes three
  times as many. What is left is Python's time for them, and it grows with the machine's.
- **Rebuild.** The goal of 2.5 s is one for a quicker machine: a bare bulk of the same documents,
  which nothing can undercut, is beside it.
- **The wide catalogue, Elasticsearch.** The node has half a gigabyte of heap, shares two cores with
  the page, and is asked the moment that a hundred thousand documents were written and it still
  merges them. Another run of the same day gave 2.9 times.

## The machine

{machine}

## How it is measured

{ways}

`BENCH_SCALE=0.02 make bench` tries all of it quickly with fewer cases, and writes nothing here.
"""


@dataclass(frozen=True)
class Limit:
    """A goal: the most that the figure, its difference or its ratio to the yardstick may be."""

    most: float
    of: str = "measured"


@dataclass(frozen=True)
class Figure:
    """One figure with its unit, the yardstick it stands beside, and the goal if there is one."""

    name: str
    measured: float
    unit: str
    yardstick: float | None = None
    goal: Limit | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None else self._beside(self.goal.of) <= self.goal.most

    def _beside(self, of: str) -> float:
        if self.yardstick is None or of == "measured":
            return self.measured
        return self.measured - self.yardstick if of == "difference" else self.ratio

    @property
    def ratio(self) -> float:
        """How many times the yardstick the figure is."""
        return self.measured / self.yardstick if self.yardstick else 0.0

    def cells(self) -> tuple[str, ...]:
        """Give the row of the table."""
        beside = NONE
        if self.yardstick is not None:
            difference = _written(self.measured - self.yardstick, self.unit, sign="+")
            beside = f"{self.ratio:.2f} ×, {difference}"
        return (
            self.name,
            self._goal(),
            NONE if self.yardstick is None else _written(self.yardstick, self.unit),
            _written(self.measured, self.unit),
            beside,
            {None: NONE, True: "yes", False: "**no**"}[self.reached],
        )

    def _goal(self) -> str:
        if self.goal is None:
            return NONE
        if self.goal.of == "ratio":
            return f"≤ {self.goal.most:g} ×"
        more = " more" if self.goal.of == "difference" else ""
        return f"≤ {self.goal.most:g} {self.unit}{more}"


def _written(number: float, unit: str, sign: str = "") -> str:
    digits = 0 if float(number).is_integer() else 1
    return f"{number:{sign}.{digits}f} {unit}"


@dataclass
class Report:
    """Gathers the figures of a run."""

    figures: dict[str, list[Figure]] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=dict)

    def add(self, measure: str, *figures: Figure) -> None:
        """Take the figures of one of the measures, and say them: a full run takes minutes."""
        self.figures.setdefault(measure, []).extend(figures)
        for figure in figures:
            print("\n" + " | ".join(figure.cells()), end="", flush=True)

    @property
    def is_complete(self) -> bool:
        """Whether every measure was taken."""
        return set(self.figures) == set(MEASURES)

    def rows(self) -> list[tuple[str, ...]]:
        """Give all rows in the order of the measures."""
        return [figure.cells() for name in MEASURES for figure in self.figures.get(name, ())]

    def write(self, path: Path = DOCUMENT) -> None:
        """Write the document anew."""
        path.write_text(document(self.rows(), self.machine), encoding="utf-8")


def document(rows: Iterable[Sequence[str]], machine: Mapping[str, str]) -> str:
    """Give the text of docs/benchmarks.md."""
    return WORDS.format(
        table="\n".join(_table(HEADINGS, rows)),
        machine="\n".join(_table(("", ""), machine.items())),
        ways="\n".join(f"- {words}" for words in MEASURES.values()),
    )


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(headings)} |",
        f"|{'---|' * len(headings)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def printed(rows: Sequence[Sequence[str]]) -> str:
    """Give the table for a terminal."""
    table = [HEADINGS, *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def this_machine() -> dict[str, str]:
    """Name what the figures depend on; never the name of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ("Django", "Wagtail", "tantivy", "elasticsearch", "granian")
    return {
        "Day": date.today().isoformat(),  # noqa: DTZ011 - the day on the machine's own clock
        "Cores": str(os.cpu_count()),
        "Memory": f"{memory:.0f} GB",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version(name) for name in packages},
    }


def pace() -> str:
    """Say how quick the processor is just now: milliseconds for a loop of plain Python."""
    start = time.perf_counter()
    for _turn in range(5_000_000):
        pass
    return f"{(time.perf_counter() - start) * 1000:.0f} ms"


def load() -> str:
    """Say how busy the machine is: the mean number of running processes in the last minutes."""
    return ", ".join(f"{mean:.1f}" for mean in os.getloadavg())
