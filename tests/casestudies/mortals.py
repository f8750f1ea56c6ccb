"""Processes of a portal that are killed where they are told to be.

`python -m tests.casestudies.mortals send|turn|work|later [POINT]`: an author sends a case, the
clock turns once, the task worker does what is asked of it, or an hour passes.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from typing import Any

import django


def kill_myself(*_args: Any, **_options: Any) -> None:
    """End at once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def send(point: str) -> None:
    """Have an author send a case; `after the commit`: be killed when it is committed."""
    from casestudies.models import Notification
    from casestudies.services import posting
    from tests.factories.review import make_draft, make_world
    from tests.factories.review import send as send_case

    world = make_world()
    case = make_draft(world)
    if point == "after the commit":
        type(posting.send_mails).enqueue = kill_myself
    send_case(world, case)
    assert not Notification.objects.exists(), "nothing killed the author"


def turn(_point: str) -> None:
    """Let the clock turn once."""
    from portal.home.clock import Clock

    Clock().turn()


def work(point: str) -> None:
    """Do what is asked of the task worker; `before the mail`: be killed with a mail in hand."""
    from django.core.management import call_command

    from casestudies.services import posting

    if point == "before the mail":
        posting._deliver = kill_myself
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def later(_point: str) -> None:
    """Let an hour pass for all that waits for its moment."""
    from django.db.models import F

    from casestudies.models import Notification

    Notification.objects.update(due_at=F("due_at") - timedelta(hours=1))


if __name__ == "__main__":
    django.setup()
    acts = {"send": send, "turn": turn, "work": work, "later": later}
    acts[sys.argv[1]](" ".join(sys.argv[2:]))
