"""Pages that hold cases but are not reviewed themselves."""

from portal.core.models.pages import BasePage


class ContainerPage(BasePage):
    """A page that holds others; the review of cases does not apply to it."""

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        """Never: Wagtail would hand the review of cases down to every page of the tree."""
        return False

    def get_workflow(self) -> None:
        """Give none, for the same reason."""
        return None
