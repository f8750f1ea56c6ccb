"""What topics were called before: addresses and older texts lead to the topic of today."""

from typing import Any

from django.db import models

from casestudies.models.parts import rows_in_order
from casestudies.models.vocabularies import Topic


class FormerTopic(models.Model):
    """A slug that a topic had before, or that of a topic which was merged into it.

    `merged_id` is the id of a topic that is no more: texts saved before it went still name it.
    """

    slug = models.SlugField(max_length=100, unique=True)
    merged_id = models.PositiveBigIntegerField(null=True, blank=True, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="former")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


def with_present_topics(content: dict[str, Any]) -> dict[str, Any]:
    """Give the content of a revision with the topics of today, each once, in its order."""
    rows = content.get("topic_items") or []
    merged = FormerTopic.objects.filter(merged_id__in=[row["tag"] for row in rows])
    now = dict(merged.values_list("merged_id", "topic_id")) if rows else {}
    if not now:
        return content
    by_topic: dict[int, dict[str, Any]] = {}
    for row in rows_in_order(rows):
        tag = now.get(row["tag"], row["tag"])
        by_topic.setdefault(tag, {**row, "tag": tag})
    return {**content, "topic_items": list(by_topic.values())}
