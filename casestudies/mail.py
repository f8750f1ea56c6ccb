"""Mails of notifications, plain and HTML: one by itself, or those of a day together."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from casestudies.events import EVENTS, path_of
from casestudies.hearing import Heard, Hearing
from casestudies.leaving import DIGEST, token_to_leave
from casestudies.services.remarks import labelled
from portal.core.languages import direction

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage, Notification
    from portal.directory.models import User

HIDDEN = "…"


def mail_of(notifications: Sequence["Notification"], *, daily: bool) -> EmailMultiAlternatives:
    """Write the mail of some notifications of one person, in that person's language.

    All of them have to be theirs to hear of (`worth_a_mail`); without `daily` it is one.
    """
    person = notifications[0].person
    hearing = Hearing(person, notifications)
    with override(person.language):
        if daily:
            return _daily(person, notifications, hearing)
        return _single(person, notifications[0], hearing)


def worth_a_mail(notifications: Sequence["Notification"]) -> list["Notification"]:
    """Keep, of one person's notifications, what they may still hear of and what is not over."""
    if not notifications or not notifications[0].person.is_active:
        return []
    hearing = Hearing(notifications[0].person, notifications)
    return [item for item in notifications if hearing.heard(item) and not hearing.is_over(item)]


def subject_of(notification: "Notification", title: object) -> str:
    """Give the line that tells a notification, with what stands for the title."""
    return str(EVENTS[notification.event].subject) % {"title": title}


def _single(
    person: "User", notification: "Notification", hearing: Hearing
) -> EmailMultiAlternatives:
    case, event = notification.case, EVENTS[notification.event]
    heard = hearing.heard(notification) or Heard(HIDDEN, reasons=False)
    context = {
        "sentence": str(event.sentence) % _told_of(case),
        "title": heard.title,
        "case": case,
        "address": _absolute(path_of(notification.event, case)),
        **(_reasons(notification) if heard.reasons else {}),
    }
    subject = subject_of(notification, heard.title)
    mail = _mail(person, subject, "notification", str(event.kind), context)
    mail.extra_headers["Message-ID"] = _message_id("one", notification)
    return mail


def _daily(
    person: "User", notifications: Sequence["Notification"], hearing: Hearing
) -> EmailMultiAlternatives:
    heard = [(item, hearing.heard(item)) for item in notifications]
    lines = [subject_of(item, found.title if found else HIDDEN) for item, found in heard]
    words = ngettext(
        "%(count)d notification from Customs Forum",
        "%(count)d notifications from Customs Forum",
        len(lines),
    )
    address = _absolute(reverse("casestudies:notifications"))
    subject = words % {"count": len(lines)}
    mail = _mail(person, subject, "daily", DIGEST, {"lines": lines, "address": address})
    mail.extra_headers["Message-ID"] = _message_id("day", notifications[0])
    return mail


def _mail(
    person: "User", subject: str, template: str, kind: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    leave = _absolute(reverse("casestudies:leave_mails", args=[token_to_leave(person, kind)]))
    context |= {
        "leave": leave,
        "subject": subject,
        "language": person.language,
        "direction": direction(person.language),
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"casestudies/mail/{template}.txt", context),
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(
        render_to_string(f"casestudies/mail/{template}.html", context), "text/html"
    )
    return mail


def _told_of(case: "CaseStudyPage") -> dict[str, str]:
    return {
        "administration": case.administration.label,
        "date": _day(_embargo_of(case)),
        "readers": case.get_visibility_display(),
        "review_by": _day(case.review_by),
    }


def _embargo_of(case: "CaseStudyPage") -> date | None:
    # The date of a new version is not on the page before it is published.
    content = case.latest_revision.content if case.latest_revision else {}
    day = content.get("embargo_until")
    return date.fromisoformat(day) if day else None


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else HIDDEN


def _reasons(notification: "Notification") -> dict[str, Any]:
    decision = notification.decision
    if decision:
        return {"reasons": decision.reasons, "remarks": labelled(decision.remarks)}
    withdrawn = notification.event == "withdrawn"
    return {"reasons": notification.case.withdrawn_reason if withdrawn else ""}


def _message_id(name: str, notification: "Notification") -> str:
    # The same at every attempt: a mail that was taken without a word is recognised when repeated.
    made = int(notification.made_at.timestamp())
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"<{name}.{notification.pk}.{made}@{host}>"


def _absolute(path: str) -> str:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return path if "://" in path else f"{base}{path}"


def hidden_title() -> str:
    """Give what stands for a title that is hidden from its reader."""
    return _("a case that is no longer open to you")
