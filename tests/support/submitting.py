"""Writes and sends cases in a process of its own, into the database that DATABASE_URL names.

`python -m tests.support.submitting prepare` makes the pages and one author; with a number
instead, that author writes and sends so many cases.
"""

import os
import sys

AUTHOR = "busy.author@example.test"


def prepare() -> None:
    """Make the tree, the review and a contributor of Malta."""
    from casestudies.services.workflow_setup import sync_review_workflow
    from tests.factories.answers import complete_answers
    from tests.factories.cases import make_tree
    from tests.factories.directory import make_administration, make_user

    make_tree()
    make_user("contributor", administration=make_administration("malta"), email=AUTHOR)
    sync_review_workflow()
    complete_answers()


def submit(count: int) -> None:
    """Create, fill in and send so many cases, one after the other."""
    from casestudies.services.drafts import create_case, save_answers
    from casestudies.services.submission import submit_case
    from portal.directory.models import Administration, User
    from tests.factories.answers import complete_answers

    malta = Administration.objects.get(slug="malta")
    author = User.objects.get(email=AUTHOR)
    for number in range(count):
        title = f"Case {number} of process {os.getpid()}"
        case = create_case(author=author, administration=malta, language="en", title=title)
        save_answers(
            case=case,
            author=author,
            answers=complete_answers(),
            base_revision_id=case.latest_revision_id,
        )
        submit_case(case=case, author=author)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    wanted = sys.argv[1]
    prepare() if wanted == "prepare" else submit(int(wanted))
