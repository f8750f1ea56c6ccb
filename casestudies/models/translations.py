"""Translations of a case: rows beside the one record, not pages of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import Language


class Translation(models.Model):
    """The texts of a case in another language, and the revision they were made from.

    What translators work on is a row of its own: the checked one stays up until that is checked.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKED = "checked", _("Checked")

    case = models.ForeignKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(max_length=2, choices=Language.choices)
    texts = models.JSONField(default=dict, help_text=_("Text by field name"))
    source_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Everybody who wrote in it: none of them checks it where the administration clears its cases.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "language", "state"], name="one_translation_a_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.language}"

    @property
    def token(self) -> str:
        """The name of exactly these texts: it changes whenever they are saved."""
        return f"{self.pk}@{self.saved_at.isoformat()}"
