"""Regional forums: the page of each region."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Regional forums")
    default_auto_field = "django.db.models.BigAutoField"
