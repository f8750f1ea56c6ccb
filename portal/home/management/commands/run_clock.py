"""Do what is due every minute and every day, until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from portal.home.clock import TURN_SECONDS, Clock


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn until SIGTERM or Ctrl-C."""
        stop, clock = threading.Event(), Clock()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stop.set())
        while not stop.is_set():
            close_old_connections()
            clock.turn()
            stop.wait(TURN_SECONDS)
