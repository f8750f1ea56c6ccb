"""Editors who do what comes to their minds: every write of the portal, drawn from a seed."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from casestudies.models import (
    AdministrationPage,
    CaseStudyPage,
    CaseVersion,
    CollectionPage,
    Topic,
    Visibility,
)
from casestudies.services.drafts import create_case, save_answers
from casestudies.services.imported_cases import keep_translations
from casestudies.services.lifecycle import delete_draft, restore_case, withdraw_case
from forums.models import RegionalForumPage
from tests.factories.cases import make_collection
from tests.factories.review import World
from tests.trials.draws import Draws
from tests.trials.workers import fork

CONTACTS = {"malta": "contact", "france": "other_contact", "japan": "foreign_contact"}
# How many writes in a hundred go well, are undone, and are the last thing their process does.
Odds = tuple[int, int, int]
USUAL: Odds = (88, 9, 3)


class Undone(Exception):
    """Something went wrong after the write, in the same transaction."""


class Editors(Draws):
    """Draws one write after the other and does it with the portal's own services."""

    def __init__(self, world: World, seed: int, log: Path, *, odds: Odds = USUAL) -> None:
        super().__init__(seed)
        self._world = world
        self._odds = odds
        self._log = log
        self._number = 0
        self.done: dict[str, int] = {}
        self._writes: dict[Callable[[], object], int] = {
            self.bring_in: 10,
            self.edit: 7,
            self.publish: 4,
            self.begin: 3,
            self.answer: 3,
            self.narrow: 7,
            self.withdraw: 8,
            self.restore: 6,
            self.restrict: 12,
            self.lift: 11,
            self.close_or_open: 3,
            self.move: 6,
            self.delete: 6,
            self.translate: 16,
            self.collect: 5,
            self.rename: 2,
        }

    def write(self) -> None:
        """Do one write: as it should be, undone in the end, or by a process killed after it."""
        work = self.dice.choices(list(self._writes), list(self._writes.values()))[0]
        way = self.dice.choices((work, self._undo, self._die), self._odds)[0]
        name = work.__name__ if way is work else way.__name__.strip("_")
        self.done[name] = self.done.get(name, 0) + 1
        if way is work:
            work()
        else:
            way(work)

    def _undo(self, work: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                work()
                raise Undone
        except Undone:
            return

    def _die(self, work: Callable[[], object]) -> None:
        """Do it in a process that is killed when its transaction has just been committed."""
        pid = fork(lambda: _commit_and_die(work), self._log)
        _pid, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, self._log.read_text()
        # What it drew counts here, too, so that the same seed gives the same writes.
        self.dice.random()
        self._number += 1

    def bring_in(self) -> None:
        """Bring in a new case, mostly a published one."""
        self._number += 1
        name = f"trial-{self._number}-{self.dice.randrange(10**9)}"
        self.bring(self.line_of(name), publish=self.dice.random() < 0.8)

    def edit(self) -> None:
        """Publish another text of a case."""
        if case := self.pick(self.imported().filter(live=True)):
            self.bring(self.line_of(case.external_id), publish=True)

    def publish(self) -> None:
        """Publish a draft."""
        drafts = self.imported().filter(live=False, withdrawn_at=None)
        if case := self.pick(drafts):
            self.bring(self.line_of(case.external_id), publish=True)

    def begin(self) -> None:
        """Begin a draft as its author does."""
        create_case(
            author=self._world["author"],
            administration=self._world.malta,
            language="en",
            title=self.title(),
        )

    def answer(self) -> None:
        """Write into a draft, which nobody finds."""
        own = CaseStudyPage.objects.filter(owner=self._world["author"], live=False)
        if case := self.pick(own):
            save_answers(
                case=case,
                author=self._world["author"],
                answers={"summary": self.words(6)},
                base_revision_id=case.latest_revision_id,
            )

    def narrow(self) -> None:
        """Show a published case to other readers than before."""
        if case := self.pick(self.imported().filter(live=True)):
            others = [value for value in Visibility.values if value != case.visibility]
            line = self.line_of(case.external_id) | {"visibility": self.dice.choice(others)}
            self.bring(line, publish=True)

    def withdraw(self) -> None:
        """Take a case off the forum."""
        if case := self.pick(CaseStudyPage.objects.filter(live=True)):
            by = self._world[CONTACTS[case.administration.slug]]
            withdraw_case(case=case, by=by, reason="Out of date.")

    def restore(self) -> None:
        """Bring a withdrawn case back."""
        if case := self.pick(CaseStudyPage.objects.exclude(withdrawn_at=None)):
            restore_case(case=case, by=self._world["superuser"])

    def restrict(self) -> None:
        """Put a page behind a login: mostly a case, at times all of a Member or of a region."""
        if page := self._ground():
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def lift(self) -> None:
        """Take a restriction away."""
        if restriction := self.pick(PageViewRestriction.objects.all()):
            restriction.delete()

    def close_or_open(self) -> None:
        """Unpublish the page of a Member or a region, or publish it again."""
        model = self.dice.choice((AdministrationPage, AdministrationPage, RegionalForumPage))
        if closed := self.pick(model.objects.filter(live=False)):
            closed.save_revision().publish(skip_permission_checks=True)
        elif page := self.pick(model.objects.all()):
            page.unpublish()

    def move(self) -> None:
        """Move a case below another Member's page."""
        case = self.pick(CaseStudyPage.objects.all())
        if case and (target := self.pick(AdministrationPage.objects.exclude(pk=_above(case).pk))):
            case.move(target, pos="last-child")

    def delete(self) -> None:
        """Delete a draft, a case never published by the review, or a collection."""
        judged = CaseVersion.objects.values("page_id")
        choice = self.dice.randrange(3)
        if choice == 0 and (page := self.pick(CollectionPage.objects.all())):
            page.delete()
        elif choice == 1 and (
            draft := self.pick(CaseStudyPage.objects.filter(owner=self._world["author"]))
        ):
            delete_draft(case=draft, by=self._world["author"])
        elif case := self.pick(CaseStudyPage.objects.exclude(pk__in=judged)):
            case.delete()

    def translate(self) -> None:
        """Make, change or take back a translation."""
        case = self.pick(CaseStudyPage.objects.exclude(latest_revision=None))
        if case is None:
            return
        language = self.dice.choice(("fr", "es", "ar", "ru", "pt"))
        known = case.translations.filter(language=language).first()
        if known and self.dice.random() < 0.6:
            known.delete()
            return
        texts = {"title": self.title(), "summary": self.words(5)}
        keep_translations(case=case, revision=case.latest_revision, texts={language: texts})

    def collect(self) -> None:
        """Make a collection, or take one down or up again."""
        page = self.pick(CollectionPage.objects.all())
        if page is None or self.dice.random() < 0.5:
            make_collection(self.title()).save_revision().publish(skip_permission_checks=True)
        elif page.live:
            page.unpublish()
        else:
            page.save_revision().publish(skip_permission_checks=True)

    def rename(self) -> None:
        """Give a topic another name."""
        if topic := self.pick(Topic.objects.all()):
            topic.name = self.title()
            topic.save()

    def _ground(self) -> Page | None:
        kind = self.dice.choices((CaseStudyPage, AdministrationPage, RegionalForumPage), (8, 2, 1))
        return self.pick(kind[0].objects.filter(view_restrictions=None))


def _above(case: CaseStudyPage) -> Page:
    found = case.get_parent()
    assert found is not None
    return found


def _commit_and_die(work: Callable[[], object]) -> None:
    with transaction.atomic():
        # Asked for first, so it is called before anything else that waits for the commit.
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        work()
