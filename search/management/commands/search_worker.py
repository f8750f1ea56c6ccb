"""Brings changes into the index as they come, until it is told to stop."""

import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from search.engines import get_engine
from search.engines.base import EngineDown
from search.worker import Loop, drain


class Command(BaseCommand):
    help = "Bring changes into the search index; several may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--once`."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work off what is due, once or until SIGTERM or Ctrl-C."""
        if options["once"]:
            try:
                self.stdout.write(f"{drain()} changes brought in.")
            except EngineDown as fault:
                raise CommandError(str(fault), returncode=1) from fault
            return
        loop = Loop(get_engine())

        def stop(_number: int, _frame: FrameType | None) -> None:
            loop.running = False

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while loop.running:
            close_old_connections()
            loop.turn()
