"""Images with the alternative text and credit that every use of them needs."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition


class PortalImage(AbstractImage):
    """An uploaded image; `description` is its alternative text."""

    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )


class PortalRendition(AbstractRendition):
    """One size of an image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]
        # Whoever asks for a picture names its file, and its case is looked up before it is sent.
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]
