"""Tells how finding is doing; exits with 1 when somebody should look at it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.status import read_status


class Command(BaseCommand):
    help = "Tell what waits for the index, what was refused and whether the engine answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--json`."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the status, then end with 1 where there is a finding."""
        status = read_status()
        if options["json"]:
            self.stdout.write(json.dumps(status.as_dict()))
        else:
            for name, value in status.as_dict().items():
                self.stdout.write(f"{name:<16}{value}")
        if status.findings:
            raise CommandError("; ".join(status.findings), returncode=1)
