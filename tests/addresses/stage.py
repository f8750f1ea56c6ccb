"""What is behind the addresses: a case in every state and for every circle, each with its word.

Whoever is shown the word of a case has learnt of it: it stands in its title, its short explanation,
its address and its materials. All titles share one word that everybody may look for.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, Task, UploadedFile, Workflow

from casestudies.models import CaseFile, CaseImage, CaseStudyPage, GlossaryTerm, LetterText
from casestudies.models.choices import Visibility
from casestudies.services.actions import token_of
from casestudies.services.uploads import store_document, store_image
from casestudies.states import State
from portal.core.models import PortalDocument
from portal.directory.models import Membership, RegionalBody
from search.models import SavedSearch, SynonymGroup
from tests.factories.cases import (
    administration_page,
    forum_page,
    make_collection,
    make_term,
    make_topic,
)
from tests.factories.review import World, bring_to, edit, fresh, make_draft, make_world
from tests.factories.translations import translate
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.pictures import drawn

SHARED = "quayside"


@dataclass
class Stage:
    """The people, everything that an address may name, and the word of each planted title."""

    world: World
    things: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)

    def fill_in(self, template: str) -> str:
        """Put what an address or a form names by `{thing.attribute}` in its place."""
        return template.format_map(self.things)


def make_stage() -> Stage:
    """Make the world and plant every title in it."""
    world = make_world()
    cases = {state.value: _in_state(world, state) for state in State}
    cases |= {
        "members": _published(world, "members", visibility=Visibility.MEMBERS),
        "region": _published(world, "region", visibility=Visibility.REGION),
        "revised": _revised(world),
        "translated": _translated(world),
    }
    things = cases | _materials(world, cases["draft"]) | _review(world, cases["decision"])
    things |= _around(world, cases) | _desk(world, cases["draft"])
    things["seen"] = {name: quote(_token(case)) for name, case in cases.items()}
    names = [*cases, "image", "document"]
    return Stage(world, things, {name: _word(name) for name in names})


def _token(case: CaseStudyPage) -> str:
    return token_of(fresh(case).latest_revision)


def _word(name: str) -> str:
    return f"zq{name}qz"


def _texts(name: str) -> dict[str, str]:
    return {
        "title": f"{SHARED.title()} {_word(name)}",
        "summary": f"What {_word(name)} taught us.",
    }


def _in_state(world: World, state: State) -> CaseStudyPage:
    with_reviewers = state == State.DECISION
    # A case that was public keeps its title for whoever knows its number: this one was not.
    circle = Visibility.MEMBERS if state == State.WITHDRAWN else Visibility.PUBLIC
    texts = _texts(state.value)
    return bring_to(world, state, with_reviewers=with_reviewers, visibility=circle, **texts)


def _published(world: World, name: str, **fields: Any) -> CaseStudyPage:
    return bring_to(world, State.PUBLISHED, **_texts(name) | fields)


def _revised(world: World) -> CaseStudyPage:
    """A public case whose next version, with another title, is not public yet."""
    case = bring_to(world, State.PUBLISHED, title="Open harbour")
    return edit(case, world["author"], **_texts("revised"))


def _translated(world: World) -> CaseStudyPage:
    """A public case whose French title is being written."""
    case = bring_to(world, State.PUBLISHED, title="Open border")
    translate(case, world["author"], **{name: _word("translated") for name in ("title", "summary")})
    return case


def _materials(world: World, case: CaseStudyPage) -> dict[str, Any]:
    """A picture and a file of the draft, named so that they would give themselves away."""
    author, malta = world["author"], world.malta
    picture = SimpleUploadedFile(f"{_word('image')}.png", drawn("PNG"))
    paper = SimpleUploadedFile(f"{_word('document')}.pdf", pdf())
    image = store_image(author=author, administration=malta, upload=picture)
    document = store_document(author=author, administration=malta, upload=paper)
    draft = fresh(case).get_latest_revision_as_object()
    draft.images = [CaseImage(image=image, alternative_text=_word("image"))]
    draft.files = [CaseFile(document=document, title=_word("document"))]
    draft.save_revision(user=author)
    return {"image": image, "document": document, "picture": image.renditions.first()}


def _review(world: World, case: CaseStudyPage) -> dict[str, Any]:
    asked = {
        name: case.review_assignments.get(reviewer=world.people[name])
        for name in ("invited", "assigned")
    }
    return asked | {
        "task_state": fresh(case).current_workflow_task_state,
        "workflow_state": fresh(case).current_workflow_state,
        "task": Task.objects.first(),
        "workflow": Workflow.objects.first(),
    }


def _around(world: World, cases: dict[str, CaseStudyPage]) -> dict[str, Any]:
    """Pages above the cases, and a collection that holds all of them."""
    chosen = [cases[name] for name in ("published", "members", "region", "withdrawn", "revised")]
    collection = make_collection("A choice", cases=chosen, region=world.europe)
    return {
        "root": Page.get_first_root_node(),
        "home": Site.objects.get().root_page,
        "forum": forum_page(world.europe),
        "place": administration_page(world.malta),
        "elsewhere": administration_page(world.france),
        "collection": collection,
        "topic": make_topic(),
        "term": make_term("technology", "scanner"),
    }


def _desk(world: World, draft: CaseStudyPage) -> dict[str, Any]:
    """What the editors' desk keeps."""
    author = world["author"]
    body = RegionalBody.objects.create(region=world.europe, kind=RegionalBody.Kind.ROCB, name="X")
    return {
        "malta": world.malta,
        "europe": world.europe,
        "body": body,
        "author": author,
        "reviewer": world["reviewer"],
        "editing": EditingSession.objects.create(
            user=author, content_object=fresh(draft), last_seen_at=timezone.now()
        ),
        "membership": Membership.objects.get(person=author),
        "group": Group.objects.get(name="Members: MT"),
        "site": Site.objects.get(),
        "library": Collection.objects.exclude(depth=1).first(),
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/en/"),
        "followed": SavedSearch.objects.create(user=author, name="Mine", query="q=x"),
        "phrases": SynonymGroup.objects.create(phrases="quay, berth"),
        "letter": LetterText.objects.create(kind="returned", name="L"),
        "glossary": GlossaryTerm.objects.create(slug="quay", name="Quay"),
        "foreign": make_draft(world, author="other_expert", administration=world.france),
        "upload": UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(PortalDocument),
            uploaded_by_user=author,
            file=SimpleUploadedFile("a.pdf", pdf()),
        ),
    }
