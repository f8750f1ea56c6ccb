"""The screens of a Snapshot that tell the experience, from its title to its lessons."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casestudies.models import ResultRow, Stage, Vocabulary
from casestudies.models.fields import TEXT_LIMITS, TITLE_LIMIT
from casestudies.wizard.kinds import Choice, Text, Whole
from casestudies.wizard.questions import Question, Step, always
from casestudies.wizard.rows import Column, Rows
from casestudies.wizard.vocabularies import Terms, Topics
from portal.core.languages import Language

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

EARLY = (Stage.IDEA, Stage.DESIGN)
RUNNING = (Stage.OPERATION, Stage.SCALED)


def put_into_practice(case: "CaseStudyPage") -> bool:
    """Whether the case has left the paper, so that it has a year."""
    return bool(case.stage) and case.stage not in EARLY


def in_operation(case: "CaseStudyPage") -> bool:
    """Whether the case runs, so that something can have been measured."""
    return case.stage in RUNNING


IN_SHORT = Step(
    "in-short",
    _("In short"),
    _("Most readers decide here whether to go on. Write it first, and come back to it at the end."),
    (
        Question(
            "title",
            _("Title"),
            Text(TITLE_LIMIT, stored=255, required=_("Give it a title. You can change it later.")),
            why=_(
                "It is what people see in a list of results. Say what changed, not the "
                "project's name."
            ),
            example=_("Parcels cleared before they land: pre-arrival data for postal items"),
        ),
        Question(
            "summary",
            _("Short explanation, in three sentences"),
            Text(TEXT_LIMITS["summary"], rows=5),
            why=_("Say why you did it, what you did and for whom, and what is new about it."),
            example=_(
                "Postal items waited two days because data came with the parcel. We now receive it "
                "from the sending post before departure and release low-risk items on arrival. New "
                "is that the post corrects bad data itself, before it reaches Customs."
            ),
            missing=_("Explain the case in three sentences."),
            needed=always,
        ),
        Question(
            "language",
            _("Language you write in"),
            Choice(Language, as_list=True),
            why=_("Write in the language you think in. Translations come later."),
            missing=_("Say which language the case is written in."),
            needed=always,
        ),
    ),
    minutes=4,
)

SUBJECT = Step(
    "subject",
    _("Subject"),
    _("These choices decide who finds your case when they look by subject."),
    (
        Question(
            "topics",
            _("Topics"),
            Topics(),
            why=_(
                "The first topic is the one the case is listed under. One good topic is better "
                "than five."
            ),
            missing=_("Choose at least one topic."),
            needed=always,
        ),
        Question(
            "building_blocks",
            _("Building blocks of Customs in the 21st Century"),
            Terms(Vocabulary.BUILDING_BLOCK),
            why=_(
                "Regions follow their progress by these ten blocks. Choose those the case "
                "contributes to."
            ),
            missing=_("Choose at least one building block."),
            needed=always,
        ),
        Question(
            "innovation_types",
            _("Type of innovation"),
            Terms(Vocabulary.INNOVATION_TYPE),
            why=_("A change of law and a change of software need different preparation."),
            missing=_("Choose at least one type of innovation."),
            needed=always,
        ),
    ),
    minutes=2,
)

TIMING = Step(
    "timing",
    _("Timing"),
    _(
        "An idea and a service that has run for ten years are both worth sharing, if readers "
        "can tell."
    ),
    (
        Question(
            "stage",
            _("Stage"),
            Choice(Stage),
            why=_("Discontinued is an honest answer, and often the most useful one."),
            missing=_("Say how far it has come."),
            needed=always,
        ),
        Question(
            "year",
            _("Year put into practice"),
            Whole(1950, 2100),
            why=_(
                "The year in which it was first used in real work, not the year of the decision."
            ),
            example="2023",
            missing=_("Give the year in which it was put into practice."),
            needed=put_into_practice,
        ),
    ),
    minutes=1,
)

STORY = Step(
    "story",
    _("The story"),
    _("Write as you would tell a colleague from another administration over coffee."),
    (
        Question(
            "problem",
            _("Problem or opportunity"),
            Text(TEXT_LIMITS["problem"], rows=8),
            why=_(
                "Readers compare it with their own situation. Say who was affected, and how you "
                "knew."
            ),
            example=_(
                "In 2021 the sorting centre received 40,000 parcels a day and declarations for "
                "one in "
                "three. Officers opened parcels to learn what they held. Small importers waited "
                "longest, and telephoned most."
            ),
            missing=_("Describe the problem or the opportunity."),
            needed=always,
        ),
        Question(
            "solution",
            _("What was done"),
            Text(TEXT_LIMITS["solution"], rows=14),
            why=_(
                "Tell the steps in order, with who did what. What you tried and dropped belongs "
                "here too."
            ),
            example=_(
                "First we agreed with the post on twelve data elements, not thirty. Then one depot "
                "worked with them for three months. Officers wrote down every case where the data "
                "misled them; half of the rules changed after that. Only then did we connect the "
                "other depots."
            ),
            missing=_("Describe what was done."),
            needed=always,
        ),
    ),
    minutes=6,
)

RESULTS = Step(
    "results",
    _("Results"),
    _(
        "What came of it, wanted or not. Expected results are welcome if you say that they are "
        "expected."
    ),
    (
        Question(
            "results",
            _("Measured results"),
            Rows(
                ResultRow,
                (
                    Column(
                        "indicator",
                        _("What was measured"),
                        Text(160),
                        _("Say what was measured, or empty the whole row."),
                    ),
                    Column("unit", _("Unit"), Text(40)),
                    Column("before", _("Before"), Text(40)),
                    Column("after", _("After"), Text(40), _("Give the value after the change.")),
                    Column("period", _("Period"), Text(80)),
                    Column("method", _("How it was measured"), Text(300, rows=2)),
                ),
                limit=12,
                row_label=_("Result"),
                add_label=_("Add another result"),
            ),
            why=_(
                "One measured result is asked of a case in operation. A small number you can "
                "explain is enough."
            ),
            example=_(
                "Time to release a parcel · hours · 46 · 9 · March 2021, March 2023 · all "
                "parcels of one week"
            ),
            missing=_("Give at least one measured result: the case is in operation."),
            needed=in_operation,
        ),
        Question(
            "outcomes",
            _("Results, outcomes, impact"),
            Text(TEXT_LIMITS["outcomes"], rows=8),
            why=_("Say what is different now, for whom, and what did not change."),
            example=_(
                "Nine parcels in ten now leave on the day they arrive. Calls about delays fell by "
                "half. Duty collected rose a little; seizures did not change, which we had "
                "hoped for."
            ),
            missing=_("Describe the results, also those you only expect."),
            needed=always,
        ),
    ),
    minutes=3,
)

LEARNING = Step(
    "lessons",
    _("Lessons"),
    _("The part that other administrations read twice."),
    (
        Question(
            "lessons",
            _("Lessons learned"),
            Text(TEXT_LIMITS["lessons"], rows=8),
            why=_(
                "At least one lesson that somebody else can use tomorrow, said as plainly as "
                "you can."
            ),
            example=_(
                "Agree on few data and insist on them. Let the person who types the data see what "
                "happens when it is wrong."
            ),
            missing=_("Give at least one lesson."),
            needed=always,
        ),
    ),
    minutes=2,
)
