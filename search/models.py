"""The outbox, the groups of equal phrases that a curator adds, and the log of searches.

The outbox notes which objects have to be looked at again, together with their change.
"""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.languages import Language
from search.criteria import CHARACTER_LIMIT, Audience
from search.facets import Kind
from search.phrases import parse_group


class HiddenFrom(models.TextChoices):
    """Whom an object must not be shown to, from the moment of the change until it is drained.

    The latest change that says anything about it counts; most changes say nothing.
    """

    UNSAID = "", "unsaid"
    NOBODY = "nobody", "nobody"
    PUBLIC = "public", "the public"
    EVERYBODY = "all", "everybody"

    def conceals(self, audience: Audience) -> bool:
        """Say whether a reader of that audience must not see the object any more."""
        return self is HiddenFrom.EVERYBODY or self.value == audience.value


class IndexChange(models.Model):
    """One change of one object; a worker looks at the object as it is then, not at the change.

    `sequence` is given when a worker takes the row, before it reads the object: whoever holds the
    higher number has read the newer state.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    object_id = models.PositiveBigIntegerField()
    hidden_from = models.CharField(
        max_length=8, choices=HiddenFrom.choices, default=HiddenFrom.UNSAID, blank=True
    )
    sequence = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    dead = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "index change"
        indexes = [
            models.Index(fields=["due_at", "id"], name="due_index_change", condition=Q(dead=False)),
            models.Index(fields=["kind", "object_id", "id"], name="index_change_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.object_id}"


class IndexClock(models.Model):
    """One row: the last number given to a worker. It follows the clock on the wall.

    A database that comes back from a backup must not give numbers which an index has seen.
    `filling_until` is in the future while somebody fills a new index.
    """

    value = models.BigIntegerField(default=0)
    filling_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.value)


class IndexCheck(models.Model):
    """One row: when the index was last compared with the database, and what was found, by kind.

    `begun_at` is when the check that runs now began, so that a second worker begins none.
    """

    at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    objects_seen = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    repaired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.at}: {self.found}"


class SynonymGroup(models.Model):
    """Phrases that mean the same, added by a curator to those of `search/synonyms/`."""

    phrases = models.TextField(
        _("phrases"),
        max_length=2000,
        help_text=_(
            "Phrases that mean the same, with commas between them. Before a phrase, name its "
            "language: “fr:guichet unique”; an abbreviation stands without (en, fr, es, ar, ru, "
            "pt). Put “=” before what is also an ordinary word: “=SAFE” counts only with these "
            "capitals. A group that shares a phrase with another joins it. Searches use it at "
            "once, everywhere within half a minute; nothing has to be rebuilt."
        ),
    )
    active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_(
            "Without this mark the group is not used, nor is the group among the portal's own "
            "that begins with the same phrase."
        ),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("group of equal phrases")
        verbose_name_plural = _("groups of equal phrases")

    def __str__(self) -> str:
        return self.phrases

    def clean(self) -> None:
        """Refuse what is no group; one phrase is enough to switch off a group of the portal's."""
        try:
            parse_group(self.phrases, least=2 if self.active else 1)
        except ValidationError as fault:
            raise ValidationError({"phrases": fault}) from fault

    @admin.display(description=_("languages"))
    def languages(self) -> str:
        """Name the languages of the phrases; none of what cannot be read any more."""
        try:
            named = {phrase.language for phrase in parse_group(self.phrases, least=1)}
        except ValidationError:
            return ""
        return ", ".join(str(one.label) for one in Language if one.value in named)


class SavedSearch(models.Model):
    """A search that a person follows: what is looked for, whatever its order, page and view."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=200)
    query = models.CharField(max_length=2000, blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "saved search"
        verbose_name_plural = "saved searches"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="one_of_each_search_a_person")
        ]

    def __str__(self) -> str:
        return self.name


class SearchLogEntry(models.Model):
    """One search: words, filters, how much was found, and which result was chosen first.

    Nothing of who searched, and of the time only the day.
    """

    day = models.DateField(default=timezone.localdate)
    words = models.CharField(max_length=CHARACTER_LIMIT)
    filters = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    region = models.SlugField(blank=True, db_index=False)
    count = models.PositiveIntegerField()
    clicked_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    degraded = models.BooleanField(default=False)

    class Meta:
        verbose_name = "entry of the search log"
        verbose_name_plural = "entries of the search log"
        indexes = [models.Index(fields=["day"], name="search_log_by_day")]

    def __str__(self) -> str:
        return self.words
