"""The optional screens that turn a Snapshot into a Full case."""

from django.utils.translation import gettext_lazy as _

from casestudies.models import CostBand, RelatedCase, ReusableBlock, Vocabulary
from casestudies.models.fields import BLOCK_LIMITS, REUSABLE_BLOCKS_LIMIT, TEXT_LIMITS
from casestudies.wizard.kinds import Choice, Kind, Text, Web, Whole, Words
from casestudies.wizard.partners import PARTNERS
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.references import CaseByNumber, RelatedCases
from casestudies.wizard.rows import Column, Rows
from casestudies.wizard.vocabularies import Terms


def _long(name: str, label: Words, why: Words, example: Words = "") -> Question:
    limit = TEXT_LIMITS[name]
    return Question(name, label, Text(limit, rows=max(4, limit // 180)), why=why, example=example)


def _of_a_block(name: str, label: Words, needed: Words = "") -> Column:
    limit = BLOCK_LIMITS[name]
    return Column(name, label, Text(limit, rows=1 if needed else 3), needed)


def _terms(name: str, label: Words, vocabulary: str, why: Words) -> Question:
    return Question(name, label, Terms(vocabulary), why=why)


def _optional(name: str, label: Words, kind: Kind, why: Words, example: Words = "") -> Question:
    return Question(name, label, kind, why=why, example=example)


BACKGROUND = Step(
    "background",
    _("Background"),
    _("What makes the case yours, and what it rests on."),
    (
        _long(
            "novelty",
            _("What is new here"),
            _("Say what others have not done, or not in this order."),
            _(
                "The post corrects its own data before Customs sees it; elsewhere Customs "
                "returns it."
            ),
        ),
        _long(
            "legal_basis",
            _("Legal and policy basis"),
            _(
                "Readers ask first whether their law allows it. Name the power you used or had "
                "to make."
            ),
            _("A ministerial order made advance data a condition; the Customs law did not change."),
        ),
        _long(
            "partnership",
            _("Partnership and change management"),
            _("Who had to be won, how, and who was against it at first."),
            _("Sorters feared for their jobs until two of them helped to write the new routine."),
        ),
    ),
    minutes=8,
    is_extra=True,
)

CONTEXT = Step(
    "context",
    _("Where it fits"),
    _("More ways to be found by those who look for exactly this."),
    (
        _terms(
            "processes",
            _("Customs process"),
            Vocabulary.PROCESS,
            _("Choose the work that changed."),
        ),
        _terms(
            "modes",
            _("Mode of transport"),
            Vocabulary.MODE,
            _("Leave it empty if it makes no difference."),
        ),
        _terms(
            "technologies",
            _("Technologies used"),
            Vocabulary.TECHNOLOGY,
            _("Only what was really used, not what was considered."),
        ),
        _terms(
            "beneficiaries",
            _("Who benefits"),
            Vocabulary.BENEFICIARY,
            _("Those who would miss it if it were gone."),
        ),
        _terms(
            "pmm_dimensions",
            _("Performance dimension"),
            Vocabulary.PMM_DIMENSION,
            _("The four dimensions in which Members measure their performance."),
        ),
        _terms(
            "instruments",
            _("Instruments"),
            Vocabulary.INSTRUMENT,
            _("The articles and standards that the case puts into practice."),
        ),
    ),
    minutes=3,
    is_extra=True,
)

EFFORT = Step(
    "effort",
    _("Time and money"),
    _("The first thing a Director General asks. A rough answer is better than none."),
    (
        _optional(
            "months",
            _("Months to implement"),
            Whole(1, 360),
            _("From the decision to the first day of real use."),
            "18",
        ),
        _optional(
            "cost",
            _("Cost"),
            Choice(CostBand),
            _("A band is enough; it includes the time of your own people if you know it."),
        ),
        _optional(
            "funding",
            _("Who paid"),
            Text(160),
            _("Own budget, donor, fees, partners in trade."),
            _("Own budget, with equipment from the postal operator"),
        ),
        _optional(
            "evaluation",
            _("Independent evaluation"),
            Web(),
            _("The address of a published evaluation by somebody else, if there is one."),
        ),
    ),
    minutes=2,
    is_extra=True,
)

DEEPER = Step(
    "deeper",
    _("Deeper lessons"),
    _("What went wrong is worth more to others than what went right."),
    (
        _long(
            "challenges",
            _("Challenges and failures"),
            _("Say what failed, why, and what you did then. Nobody is judged by it here."),
            _(
                "The first tariff matching was wrong in a third of cases and cost us the trust "
                "of officers."
            ),
        ),
        _long(
            "conditions",
            _("Conditions for success"),
            _("Without what would it not have worked?"),
            _("One person in each organisation who may decide, and a weekly call."),
        ),
        _long(
            "differently",
            _("What we would do differently"),
            _("If you began again next Monday."),
            _("We would train the evening shift first; that is when the parcels come."),
        ),
        _long(
            "transfer",
            _("Could others do this?"),
            _("What must be in place, what to adapt, what not to copy."),
            _("Needed: electronic advance data. Adapt: the risk rules. Do not copy: our fee."),
        ),
    ),
    minutes=10,
    is_extra=True,
)

REUSABLE = Step(
    "reusable",
    _("Building blocks to take away"),
    _(
        "Parts of your experience that somebody can use without the rest: a form, a rule, a "
        "routine."
    ),
    (
        Question(
            "reusable_blocks",
            _("Reusable building blocks"),
            Rows(
                ReusableBlock,
                (
                    _of_a_block("name", _("Name"), _("Name it, or empty the whole row.")),
                    _of_a_block("what", _("What it is")),
                    _of_a_block("factors", _("What makes it work")),
                    _of_a_block("lesson", _("What we learned about it")),
                ),
                limit=REUSABLE_BLOCKS_LIMIT,
                row_label=_("Building block"),
                add_label=_("Add another building block"),
            ),
            why=_("Up to six. One that is well described is better than six names."),
            example=_(
                "Short list of data · Twelve data elements that the post can really give · Both "
                "sides may refuse a thirteenth · Fewer data of better quality beat many"
            ),
        ),
    ),
    minutes=8,
    is_extra=True,
)

NETWORK = Step(
    "network",
    _("Partners and related cases"),
    _("Who took part, and where this case comes from."),
    (
        PARTNERS,
        Question(
            "related_cases",
            _("Related cases"),
            RelatedCases(
                RelatedCase,
                (
                    Column(
                        "kind",
                        _("Relation"),
                        Choice(RelatedCase.Kind, as_list=True),
                        _("Choose how the two cases are related."),
                    ),
                    Column(
                        "target",
                        _("Number of the other case"),
                        CaseByNumber(),
                        _("Give the number of the other case, or empty the row."),
                    ),
                ),
                limit=10,
                row_label=_("Related case"),
                add_label=_("Add another related case"),
            ),
            why=_(
                "The number stands on the page of every case. “Inspired by” pleases its authors."
            ),
            example=_("Builds on · CS-2026-000123"),
        ),
    ),
    minutes=4,
    is_extra=True,
)
