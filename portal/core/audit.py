"""Adding to the record of acts, and proving that nobody changed it afterwards."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import BaseLogEntry

from portal.core.models.audit import AuditEntry, AuditHead

THE_HEAD = 1


class Fault(NamedTuple):
    """What is wrong with the record, and at which entry."""

    number: int
    what: str


def watch_log() -> None:
    """Have every act that is logged sealed in the record, in the transaction of the act."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(on_logged, sender=model, dispatch_uid=f"audit {model.__name__}")


def on_logged(instance: BaseLogEntry, *, created: bool, **kwargs: Any) -> None:
    """Add a new entry of Wagtail's log to the record."""
    if created:
        record_act(instance)


@transaction.atomic
def record_act(entry: BaseLogEntry) -> AuditEntry:
    """Seal what was logged, after everything before it."""
    head, _made = AuditHead.objects.select_for_update().get_or_create(pk=THE_HEAD)
    # As it will be read again: JSON knows neither dates nor lazy texts.
    details = json.loads(_as_json(entry.data))
    act = AuditEntry(
        number=head.number + 1,
        at=entry.timestamp,
        action=entry.action,
        person_id=entry.user_id,
        person=str(entry.user_display_name)[:255] if entry.user_id else "",
        kind=entry.content_type.model if entry.content_type else "",
        object_id=str(entry.object_id),
        label=entry.label,
        page_id=getattr(entry, "page_id", None) or details.get("page"),
        reason=details.get("reason") or details.get("comment") or "",
        details=details,
        before=head.seal,
    )
    act.seal = seal_of(act)
    act.save()
    head.number, head.seal = act.number, act.seal
    head.save()
    return act


def seal_of(act: AuditEntry) -> str:
    """Give the SHA-256 of everything that an entry says, and of the seal before it."""
    said = {
        field.attname: getattr(act, field.attname)
        for field in AuditEntry._meta.concrete_fields
        if field.attname not in ("at", "seal")
    }
    said["at"] = act.at.astimezone(UTC).isoformat()
    return hashlib.sha256(_as_json(said).encode()).hexdigest()


def _as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)


def faults_of_record() -> Iterator[Fault]:
    """Give every place at which the record does not fit together, the oldest first."""
    number, seal = 0, ""
    for act in AuditEntry.objects.order_by("number").iterator(chunk_size=1000):
        if act.number != number + 1:
            yield Fault(number + 1, f"{act.number - number - 1} entries are missing from here")
        elif act.before != seal:
            yield Fault(act.number, "it does not follow from the entry before it")
        if act.seal != seal_of(act):
            yield Fault(act.number, "it says something else than when it was sealed")
        number, seal = act.number, act.seal
    head = AuditHead.objects.filter(pk=THE_HEAD).first() or AuditHead()
    if (head.number, head.seal) != (number, seal):
        yield Fault(number + 1, f"the record ends here, but {head.number} entries were made")
