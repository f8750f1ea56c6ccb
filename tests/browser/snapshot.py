"""How a Snapshot is written on the portal's pages, by whichever hands, in whichever language."""

from django.utils.translation import gettext as _

from casestudies.models.choices import Licence, Stage
from tests.browser.keyboard import Keyboard
from tests.browser.pointer import Pointer

Hands = Keyboard | Pointer


def write_snapshot(hands: Hands) -> None:
    """Answer every screen of a Snapshot, walking through each before writing on it."""
    forward = _("Save and continue")
    summary = "Seals were cut and nobody knew. We bought seals that call. The call is new."
    hands.walk().write("summary", summary).press(forward)
    hands.walk().pick("topics-0")
    hands.tick(name="building_blocks").tick(name="innovation_types").press(forward)
    hands.walk().pick("stage", str(Stage.OPERATION.label)).write("year", "2021").press(forward)
    hands.walk().write("problem", "Seals were cut on the road.")
    hands.write("solution", "We bought seals that call when they are cut.").press(forward)
    hands.walk().write("results-0-indicator", "Seals cut unnoticed")
    hands.write("results-0-before", "31").write("results-0-after", "2")
    hands.write("outcomes", "Fewer seals are cut.").press(forward)
    hands.walk().write("lessons", "Somebody must answer when the seal calls.").press(forward)
    hands.walk().write("owner_unit", "Transit desk")
    hands.write("owner_mailbox", "transit@customs.example").press(forward)
    hands.walk().press(forward)
    hands.walk().pick("licence", str(Licence.CC_BY.label))
    hands.tick(name="cleared").tick(name="no_sensitive_detail").press(forward)
