"""Loads the demonstration content and makes its accounts; a second run adds nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.home.demo_accounts import demo_emails, demo_password, make_demo_accounts
from portal.home.demo_content import seed_cases, seed_collections, seed_drafts
from portal.home.demo_reviews import seed_profiles
from portal.home.services import set_up_portal


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the portal up, add what is missing, and print the accounts."""
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "Demonstration accounts have a known password: these settings refuse them.",
                returncode=2,
            )
        set_up_portal()
        password = demo_password()
        steps = {
            "accounts": lambda: make_demo_accounts(password=password),
            "profiles of reviewers": seed_profiles,
            "published cases": seed_cases,
            "drafts": seed_drafts,
            "collections": seed_collections,
        }
        for name, step in steps.items():
            self.stdout.write(f"  {name}: {step()} new")
            self.stdout.flush()
        if options["verbosity"]:
            self.stdout.write(f"Demonstration accounts, all with the password {password}")
            for email in demo_emails():
                self.stdout.write(f"  {email}")
