"""The texts that go with a picture or a file of the library, wherever it is used next."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from casestudies.downloads import Material, may_keep, may_remove
from casestudies.services.refusals import require

if TYPE_CHECKING:
    from portal.directory.models import User


@transaction.atomic
def describe_material(*, item: Material, by: "User", texts: Mapping[str, str]) -> None:
    """Write the texts of an item; cases that have it already keep what was cleared with them.

    `texts` may name title, description (of a picture), credit and licence.
    Raises `Refused` for a person who does not write for the administration of its library.
    """
    require(may_keep(by, item))
    for name, text in texts.items():
        setattr(item, name, text)
    item.save(update_fields=[*texts])


@transaction.atomic
def remove_material(*, item: Material, by: "User") -> None:
    """Delete an item with its file and all its sizes.

    Raises `Refused` while a case has it, and for a person who does not write for its Member.
    """
    require(may_remove(by, item))
    item.delete()
