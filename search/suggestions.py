"""What a reader may be looking for, while they still type: topics, places and experiences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from search.addresses import page_address
from search.criteria import Criteria, normalise_text
from search.engines.suggesting import MOST_WORDS
from search.facets import FACETS, Kind
from search.folding import fold, has_words_like
from search.names import Fit, Match, matches
from search.presenting import visible_hits
from search.results import Hit
from search.service import ask_engine, request_of

if TYPE_CHECKING:
    from portal.directory.models import User

MOST = 8
# So many places are kept for experiences, where there are any.
FOR_PAGES = 4
LEAST_LETTERS = 2
TOPICS, PLACES, EXPERIENCES = "topics", "places", "experiences"
GROUP_OF = {"topic": TOPICS, "administration": PLACES, "region": PLACES}


@dataclass(frozen=True)
class Suggestion:
    """One thing to go to; the note is a word more on it, in the reader's language or its own."""

    kind: str
    label: str
    language: str
    url: str
    fit: Fit
    note: str = ""
    note_language: str = ""


@dataclass(frozen=True)
class Group:
    """Suggestions of a sort: `topics`, `places` or `experiences`."""

    name: str
    items: tuple[Suggestion, ...]


def suggest(text: str, user: "User | AnonymousUser", language: str) -> list[Group]:
    """Give at most eight things whose names have words that begin as typed, in groups.

    Takes what was typed as it came, whose language the interface has. What begins with the very
    words comes first, and slips of the key are forgiven only where nothing is right.
    """
    words = normalise_text(text)
    typed = fold(words).split()[:MOST_WORDS]
    if sum(map(len, typed)) < LEAST_LETTERS:
        return []
    pages = _pages(Criteria(text=words, ui=language), typed, user)
    named = [_of_name(match, language) for match in matches(typed, language)]
    return _in_groups(*_without_needless_slips(named, pages))


def _pages(
    criteria: Criteria, typed: Sequence[str], user: "User | AnonymousUser"
) -> list[Suggestion]:
    raw = ask_engine(lambda engine: engine.suggest(request_of(criteria, user)))
    found = [_of_page(hit, typed) for hit in visible_hits(raw or (), user, criteria.ui)]
    return sorted(found, key=lambda item: item.fit)


def _of_page(hit: Hit, typed: Sequence[str]) -> Suggestion:
    title = fold(hit.title)
    fit = Fit.WORDS if has_words_like(typed, title) else Fit.SLIP
    place = hit.administration or hit.region
    kind = FACETS["kind"].label_of(hit.kind) if hit.kind == Kind.COLLECTION else ""
    return Suggestion(
        kind=hit.kind,
        label=hit.title,
        language=hit.text_language,
        url=hit.url,
        fit=Fit.BEGINS if title.startswith(" ".join(typed)) else fit,
        note=" · ".join(part for part in (kind, place.label if place else "") if part),
    )


def _of_name(match: Match, language: str) -> Suggestion:
    named = match.named
    told = match.name.language != language and match.name.text != named.label(language)
    return Suggestion(
        kind=named.facet,
        label=named.label(language),
        language=language,
        url=page_address(Criteria(filters={named.facet: (named.value,)}, ui=language)),
        fit=match.fit,
        note=match.name.text if told else "",
        note_language=match.name.language,
    )


def _without_needless_slips(*pools: list[Suggestion]) -> Iterable[list[Suggestion]]:
    right = [[item for item in pool if item.fit is not Fit.SLIP] for pool in pools]
    return right if any(right) else pools


def _in_groups(named: list[Suggestion], pages: list[Suggestion]) -> list[Group]:
    named = named[: MOST - min(len(pages), FOR_PAGES)]
    pages = pages[: MOST - len(named)]
    groups: dict[str, list[Suggestion]] = {TOPICS: [], PLACES: [], EXPERIENCES: pages}
    for item in named:
        groups[GROUP_OF[item.kind]].append(item)
    found = [Group(name, tuple(items)) for name, items in groups.items() if items]
    return sorted(found, key=lambda group: min(item.fit for item in group.items))
