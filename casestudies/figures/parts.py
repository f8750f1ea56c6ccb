"""Which tables each scope has, by the name that stands in their address."""

from collections.abc import Callable, Mapping
from datetime import date

from casestudies.figures.load import load_of
from casestudies.figures.readership import readership_of
from casestudies.figures.scopes import MEMBER, REGION, REVIEWER, Scope
from casestudies.figures.stock import empty_topics, freshness_table, stages_table
from casestudies.figures.tables import Table
from casestudies.figures.times import times_of
from casestudies.figures.waiting import waiting_of

Maker = Callable[[Scope, date], Table]
PARTS: Mapping[str, Mapping[str, Maker]] = {
    REGION: {
        "region-waiting": waiting_of,
        "region-times": times_of,
        "region-reviewers": load_of,
        "region-freshness": freshness_table,
        "region-stages": stages_table,
        "region-topics": empty_topics,
    },
    MEMBER: {
        "member-cases": readership_of,
        "member-waiting": waiting_of,
        "member-times": times_of,
    },
    REVIEWER: {"my-reviews": load_of},
}
