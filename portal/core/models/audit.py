"""The record of every act: entries that are only added, each sealed with the one before it."""

from typing import Any, NoReturn

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class OnlyAdded(Exception):
    """Somebody tried to change or to remove an entry of the record."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries to read and to add."""

    def update(self, **changes: Any) -> NoReturn:
        """Refuse: what happened stays as it was written."""
        raise OnlyAdded

    def delete(self) -> NoReturn:
        """Refuse: what happened stays on record."""
        raise OnlyAdded


class AuditEntry(models.Model):
    """One act: when, what, by whom, to what and why; `seal` covers all of it and `before`.

    Names are written out, so that an entry still tells when the person or the object is gone.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("what"), max_length=255, db_index=True)
    person_id = models.PositiveBigIntegerField(null=True, db_index=True)
    person = models.CharField(_("who"), max_length=255, blank=True)
    kind = models.CharField(max_length=100)
    object_id = models.CharField(max_length=255)
    label = models.TextField(_("about"))
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)
    reason = models.TextField(_("why"), blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    @property
    def data(self) -> dict[str, Any]:
        """The details, under the name by which Wagtail's words for an act know them."""
        details: dict[str, Any] = self.details
        return details

    @property
    def object_verbose_name(self) -> str:
        """What kind of thing it was about, as Wagtail's words for an act ask for it."""
        models = (model._meta for model in apps.get_models() if model._meta.model_name == self.kind)
        return next((str(options.verbose_name) for options in models), self.kind)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; one that is there already raises `OnlyAdded`."""
        if not self._state.adding:
            raise OnlyAdded
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what happened stays on record."""
        raise OnlyAdded


class AuditHead(models.Model):
    """The end of the record: one row, held by whoever adds, so that entries never fork."""

    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number}"
