"""Texts that are only a link, and links that lead nowhere."""

import re
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.checks.answers import label_of
from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.words import telling_words, word_set
from casestudies.models.links import LinkState, addresses_of

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
LEAST_TELLING = 4
# Words that only send the reader to the link.
POINTING = word_set(
    "see please visit read consult click here link page pages website site web online more "
    "information info details detail further find found available our voir veuillez consulter "
    "consultez cliquez ici lien informations renseignements détails savoir internet disponible "
    "trouverez vous notre plus sur ver véase vea consulte haga clic aquí enlace página sitio "
    "información detalles disponible nuestra más sítio ligação hiperligação aqui clique mais "
    "informações consultar página veja انظر راجع يرجى زيارة الرابط رابط هنا الموقع موقعنا المزيد "
    "معلومات الصفحة التالي см смотрите смотри ссылка ссылке сайт сайте сайту здесь тут подробнее "
    "страница странице информация информацию пожалуйста наш нашем перейдите"
)


class AnsweredByLink(Check):
    """A text that says nothing without the page it points to."""

    level = Level.STOP
    advice = gettext_lazy(
        "Links die and texts stay: say in your own words what is found there, and put the link "
        "among the links."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the answers that have an address and next to no other words."""
        for answer in matter.answers:
            if not answer.is_story or not ADDRESS.search(answer.text):
                continue
            rest = telling_words(ADDRESS.sub(" ", answer.text), matter.draft.language)
            if len([word for word in rest if word not in POINTING]) < LEAST_TELLING:
                quotes = tuple(ADDRESS.findall(answer.text)[:1])
                words = _("This answer is only a link.")
                yield self.finding(answer.question, answer.label, words, quotes)


class DeadLink(Check):
    """A link that led nowhere when the portal last followed it."""

    level = Level.NOTE
    advice = gettext_lazy("Open the link. Correct its address, or take it out.")

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the links that are known to be dead; nothing is fetched here."""
        draft = matter.draft
        questions = addresses_of(draft)
        states = LinkState.objects.filter(address__in=list(questions))
        dead = {state.address: state for state in states if state.is_dead}
        for address, question in questions.items():
            if address in dead and (not matter.questions or question in matter.questions):
                label = _("Links") if question == "links" else label_of(draft, question)
                yield self.finding(question, label, self._words(dead[address]), (address,))

    def _words(self, state: LinkState) -> str:
        day = {"date": date_format(localtime(state.looked_at), "DATE_FORMAT")}
        return {
            LinkState.Outcome.GONE: _("This page was not there on %(date)s.") % day,
            LinkState.Outcome.UNREACHABLE: _("This site could not be reached, last on %(date)s.")
            % day,
            LinkState.Outcome.FORBIDDEN: _(
                "This address is inside a network that readers cannot reach."
            ),
        }[LinkState.Outcome(state.outcome)]
