"""Translations of a case: rows beside the one record, not pages of their own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import Language


class Translation(models.Model):
    """The texts of a case in another language, and the revision they were made from."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "language"], name="one_translation_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.language}"
