"""Brings the whole portal up on this machine and serves it until Ctrl-C, with its workers."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from casestudies.models import CaseStudyPage
from portal.home.demo_accounts import demo_emails, demo_password
from portal.home.processes import answers, port_is_free, run_together
from portal.home.services import set_up_portal

ROOT = str(settings.BASE_DIR)
MANAGE = str(Path(ROOT) / "manage.py")


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, set up, seed an empty portal, then serve."""
        if not settings.DEMO_ALLOWED:
            raise CommandError("This command is for the developer's settings.", returncode=2)
        host, port = settings.HOST, settings.PORT
        if not port_is_free(host, port):
            raise CommandError(f"{host}:{port} is taken: name another PORT.", returncode=2)
        self._prepare()
        ended = run_together(
            self._commands(host, port),
            environment={
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
                "PYTHONPATH": os.pathsep.join(
                    [ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
                ),
                "BASE_URL": os.environ.get("BASE_URL", f"http://{host}:{port}"),
            },
            is_ready=lambda: answers(host, port),
            on_ready=lambda: self._greet(host, port),
        )
        if ended:
            name, code = ended
            raise CommandError(f"The {name} ended with {code}.", returncode=abs(code) or 1)
        self.stdout.write("Customs Forum has ended.")

    def _prepare(self) -> None:
        self._say("Bringing the database up to date")
        call_command("migrate", verbosity=0)
        if settings.SEED and not CaseStudyPage.objects.exists():
            self._say("Loading the demonstration content")
            call_command("seed_demo", verbosity=0, stdout=self.stdout)
        else:
            set_up_portal()
        call_command("search_setup", stdout=self.stdout)

    @staticmethod
    def _commands(host: str, port: int) -> dict[str, list[str]]:
        python = sys.executable
        server = [python, "-m", "granian", "--interface", "wsgi", "--host", host]
        server += ["--port", str(port), "--log-level", "warning"]
        return {
            "server": [*server, "--blocking-threads", "4", "portal.wsgi:application"],
            "search worker": [python, MANAGE, "search_worker"],
            "task worker": [python, MANAGE, "db_worker", "--verbosity", "0"],
            "clock": [python, MANAGE, "run_clock"],
        }

    def _greet(self, host: str, port: int) -> None:
        emails = demo_emails()
        if emails:
            self._say(f"Demonstration accounts, all with the password {demo_password()}")
            for email in emails:
                self._say(f"  {email}")
        self._say(f"Customs Forum is at http://{host}:{port}/ until Ctrl-C.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
