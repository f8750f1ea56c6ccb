"""How often a Member's published cases are opened."""

from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from casestudies.figures.scopes import Scope
from casestudies.figures.tables import Table
from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage, Level


def readership_of(scope: Scope, today: date) -> Table:
    """Give the published cases of these Members, those opened most often first."""
    this_month = today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    year = today - timedelta(days=365)
    seen = "view_counts__views"
    cases = CaseStudyPage.objects.published().filter(**scope.of())
    rows = cases.annotate(
        this_month=Sum(seen, filter=Q(view_counts__day__gte=this_month), default=0),
        last_month=Sum(
            seen,
            filter=Q(view_counts__day__gte=last_month, view_counts__day__lt=this_month),
            default=0,
        ),
        in_a_year=Sum(seen, filter=Q(view_counts__day__gte=year), default=0),
    )
    found = rows.order_by("-in_a_year", "number").values_list(
        "title", "number", "level", "review_by", "this_month", "last_month", "in_a_year"
    )
    return Table(
        title=_("Your published cases and their readers"),
        about=_(
            "Views of the page of each case. Readers are not followed: nobody is counted as a "
            "person, your own administration and known programs not at all."
        ),
        heads=[
            _("Case"),
            _("Number"),
            _("Level of trust"),
            _("Freshness"),
            _("This month"),
            _("Last month"),
            _("Last 365 days"),
        ],
        rows=[
            (
                title,
                number or "",
                str(Level(level).label),
                str(freshness_of(review_by, today).label),
                *views,
            )
            for title, number, level, review_by, *views in found
        ],
    )
