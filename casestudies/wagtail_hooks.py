"""Where the Wagtail admin meets the review: records, lists without others' drafts, our views."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "casestudies.sent": (_("Send"), _("Sent for review")),
    "casestudies.changed_in_review": (_("Change in review"), _("Changed in review")),
    "casestudies.withdrawn": (_("Withdraw"), _("Withdrawn")),
    "casestudies.restored": (_("Restore"), _("Restored")),
}


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Give Wagtail's history the words for our own actions."""
    for name, (label, message) in LOG_ACTIONS.items():
        actions.register_action(name, label, message)
