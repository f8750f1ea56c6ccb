"""Models of case studies."""

from casestudies.models.administrations import AdministrationPage
from casestudies.models.choices import CostBand, Level, Stage, Visibility
from casestudies.models.collections import CollectionItem, CollectionPage
from casestudies.models.former_topics import FormerTopic
from casestudies.models.letters import LetterText
from casestudies.models.libraries import Library
from casestudies.models.links import LinkState
from casestudies.models.notifications import MailChoice, Notification, Reminder
from casestudies.models.numbers import CaseNumberSequence
from casestudies.models.offline import FilledTemplate, Workshop, WorkshopSeat
from casestudies.models.pages import CaseStudyPage
from casestudies.models.parts import (
    CaseFile,
    CaseImage,
    CaseLink,
    CaseTopic,
    Partner,
    RelatedCase,
    ResultRow,
    ReusableBlock,
)
from casestudies.models.readership import ViewCount
from casestudies.models.review import (
    CaseVersion,
    ClearanceTask,
    Confirmation,
    Decision,
    DecisionTask,
)
from casestudies.models.reviewing import (
    Criterion,
    Gate,
    Review,
    ReviewAssignment,
    ReviewerProfile,
)
from casestudies.models.together import CoAuthor, Presence
from casestudies.models.translations import Translation
from casestudies.models.vocabularies import GlossaryTerm, Term, Topic, Vocabulary

__all__ = [
    "AdministrationPage",
    "CaseFile",
    "CaseImage",
    "CaseLink",
    "CaseNumberSequence",
    "CaseStudyPage",
    "CaseTopic",
    "CaseVersion",
    "ClearanceTask",
    "CoAuthor",
    "CollectionItem",
    "CollectionPage",
    "Confirmation",
    "CostBand",
    "Criterion",
    "Decision",
    "DecisionTask",
    "FilledTemplate",
    "FormerTopic",
    "Gate",
    "GlossaryTerm",
    "LetterText",
    "Level",
    "Library",
    "LinkState",
    "MailChoice",
    "Notification",
    "Partner",
    "Presence",
    "RelatedCase",
    "Reminder",
    "ResultRow",
    "ReusableBlock",
    "Review",
    "ReviewAssignment",
    "ReviewerProfile",
    "Stage",
    "Term",
    "Topic",
    "Translation",
    "ViewCount",
    "Visibility",
    "Vocabulary",
    "Workshop",
    "WorkshopSeat",
]
