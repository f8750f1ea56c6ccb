"""Publish the cases whose embargo has ended, once or again and again."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from casestudies.services.publication import publish_embargoed_cases

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--every`."""
        parser.add_argument(
            "--every", type=int, default=0, metavar="SECONDS", help="go on until told to stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish and say how many; with `--every`, until SIGTERM or Ctrl-C."""
        if not options["every"]:
            self.stdout.write(f"published: {len(publish_embargoed_cases())}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_signal: stop.set())
        while not stop.is_set():
            close_old_connections()
            self.turn()
            stop.wait(options["every"])

    @staticmethod
    def turn() -> None:
        """Publish what is due; a case that cannot be published is logged and tried again."""
        try:
            publish_embargoed_cases()
        except (DatabaseError, ValidationError, PermissionDenied):
            # The others are out by then; this one is tried again at the next turn.
            logger.exception("a case whose embargo has ended could not be published")
