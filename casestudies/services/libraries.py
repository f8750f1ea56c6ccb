"""The library of an administration: a collection of its own, made when the first file comes."""

from django.db import transaction
from wagtail.models import Collection

from casestudies.models import Library
from portal.directory.models import Administration


@transaction.atomic
def library_of(*, administration: Administration) -> Library:
    """Give the library of an administration, made now if there is none yet."""
    known = Library.objects.filter(administration=administration).first()
    if known:
        return known
    # Two made at the same time would take the same place in the tree of collections.
    root = Collection.objects.select_for_update().get(depth=1)
    known = Library.objects.filter(administration=administration).first()
    return known or Library.objects.create(
        administration=administration, collection=root.add_child(name=administration.name)
    )
