"""Exports every published case in the exchange format (docs/features/exchange.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casestudies.exchange.writer import published_lines, write_lines


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file."""
        parser.add_argument("--out", type=Path, help="a file instead of the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the cases in the order of their numbers; a file is there whole or not at all."""
        path = options["out"]
        if path is None:
            for line in published_lines():
                self.stdout.write(line)
            return
        try:
            count = write_lines(published_lines(), path)
        except OSError as problem:
            raise CommandError(f"{path}: {problem.strerror}", returncode=2) from problem
        self.stdout.write(f"{count} cases in {path}.")
