"""The texts of one picture or file of a library."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casestudies.downloads import Material
from casestudies.models.choices import Licence
from casestudies.wizard.kinds import CountedField
from portal.core.models import PortalImage


class MaterialForm(forms.Form):
    """What stands first in the form of every case that takes the item."""

    title = CountedField(
        label=_("Title"),
        limit=160,
        error_messages={"required": _("Give it a title, so that colleagues find it.")},
    )
    description = CountedField(
        label=_("Description for those who cannot see it"),
        limit=250,
        error_messages={"required": _("Describe the picture in a sentence.")},
    )
    credit = CountedField(
        label=_("Who made it, if it was not your administration"), limit=200, required=False
    )
    licence = forms.ChoiceField(
        label=_("Licence, if it is not that of the case"),
        choices=[("", "—"), *Licence.choices],
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, item: Material) -> None:
        super().__init__(data)
        if not isinstance(item, PortalImage):
            del self.fields["description"]
        self.initial = {name: getattr(item, name) for name in self.fields}
