"""The short closed lists of a case, whose meaning the code depends on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far the experience has come."""

    IDEA = "idea", _("Idea")
    DESIGN = "design", _("Design")
    PILOT = "pilot", _("Pilot")
    IMPLEMENTATION = "implementation", _("Implementation")
    OPERATION = "operation", _("In operation")
    SCALED = "scaled", _("Scaled")
    DISCONTINUED = "discontinued", _("Discontinued")


class CostBand(models.TextChoices):
    """What it cost, in US dollars, as a band."""

    LT_50K = "lt-50k", _("Less than 50,000 USD")
    FROM_50K = "50k-250k", _("50,000 to 250,000 USD")
    FROM_250K = "250k-1m", _("250,000 to 1 million USD")
    FROM_1M = "1m-5m", _("1 to 5 million USD")
    GT_5M = "gt-5m", _("More than 5 million USD")
    UNDISCLOSED = "undisclosed", _("Not disclosed")


class Visibility(models.TextChoices):
    """Who may read a published case."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Officers of all Members")
    REGION = "region", _("Officers of the region only")


class Level(models.TextChoices):
    """How far a case can be trusted."""

    SHARED = "shared", _("Shared")
    VALIDATED = "validated", _("Regionally validated")
    ADOPTED = "adopted", _("Adopted elsewhere")


class Freshness(models.TextChoices):
    """How fresh a case is, from its review-by date."""

    CURRENT = "current", _("Current")
    DUE = "due", _("Due for review")
    OUTDATED = "outdated", _("Outdated")


class Licence(models.TextChoices):
    """Under which licence the text may be used again."""

    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("Creative Commons Attribution-NonCommercial 4.0")


class ChangeKind(models.TextChoices):
    """What a new version of a published case changes."""

    FIRST = "first", _("First version")
    MINOR = "minor", _("Minor change")
    SUBSTANTIVE = "substantive", _("Substantive change")
