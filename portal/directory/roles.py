"""Groups and permissions made from the directory: repeatable, and it repairs what was changed."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from portal.directory.models import Administration, Membership, Region, Role, User

CURATORS = "Global curators"
EXPERT_EDITORS = "Expert editors"

# Higher floors add what they know (page permissions, the review's workflow) when they are ready.
ROLE_SYNCS: list[Callable[[], None]] = []

ADMIN_ACCESS = ("wagtailadmin", "access_admin")
CURATED_MODELS = (
    ("directory", "region"),
    ("directory", "regionalbody"),
    ("directory", "administration"),
    ("casestudies", "topic"),
    ("casestudies", "term"),
    ("casestudies", "lettertext"),
    ("casestudies", "glossaryterm"),
    ("search", "synonymgroup"),
)
# Nothing else refers to these, so that they may be deleted, too.
DELETED_MODELS = (("casestudies", "glossaryterm"), ("search", "synonymgroup"))


def members_group(administration: Administration) -> str:
    """Give the name of the group of an administration's writing officers."""
    return f"Members: {administration.iso2}"


def coordinators_group(region: Region) -> str:
    """Give the name of the group of a region's coordinators."""
    return f"Coordinators: {region.slug}"


@transaction.atomic
def sync_roles() -> None:
    """Make groups, permissions and their people match the directory, and run every other sync.

    Running it twice changes nothing; running it after a change of data repairs.
    """
    groups = _ensure_groups()
    _sync_permissions(groups)
    _sync_people(groups)
    for sync in ROLE_SYNCS:
        sync()


@transaction.atomic
def sync_people() -> None:
    """Put everybody into the groups that their memberships of today ask for, and out of others."""
    _sync_people({group.name: group for group in Group.objects.filter(name__in=_managed_names())})


def sync_groups_of(user: User) -> None:
    """Put one person into the groups that their memberships of today ask for."""
    groups = {group.name: group for group in Group.objects.filter(name__in=_managed_names())}
    wanted = {groups[name].pk for name in _group_names(_active(user)) if name in groups}
    managed = {group.pk for group in groups.values()}
    held = set(user.groups.values_list("pk", flat=True)) & managed
    user.groups.remove(*(held - wanted))
    user.groups.add(*(wanted - held))


def _managed_names() -> list[str]:
    return [
        CURATORS,
        EXPERT_EDITORS,
        *(coordinators_group(region) for region in Region.objects.all()),
        *(members_group(administration) for administration in Administration.objects.all()),
    ]


def _ensure_groups() -> dict[str, Group]:
    names = _managed_names()
    known = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    Group.objects.bulk_create(Group(name=name) for name in names if name not in known)
    return {group.name: group for group in Group.objects.filter(name__in=names)}


def _sync_permissions(groups: dict[str, Group]) -> None:
    access = _permission_ids([ADMIN_ACCESS])
    curating = _permission_ids(
        [(app, f"{verb}_{model}") for app, model in CURATED_MODELS for verb in ("add", "change")]
        + [(app, f"delete_{model}") for app, model in DELETED_MODELS]
    )
    for name, group in groups.items():
        if name == CURATORS:
            wanted = access | curating
        elif name == EXPERT_EDITORS or name.startswith("Coordinators: "):
            wanted = access
        else:
            wanted = set()
        _set_permissions(group, wanted)


def _set_permissions(group: Group, wanted: set[int]) -> None:
    held = {permission.pk for permission in group.permissions.all()}
    if held != wanted:
        group.permissions.set(wanted)


def _permission_ids(pairs: Iterable[tuple[str, str]]) -> set[int]:
    wanted = set(pairs)
    rows = Permission.objects.filter(
        content_type__app_label__in={app for app, _code in wanted},
        codename__in={code for _app, code in wanted},
    ).values_list("content_type__app_label", "codename", "pk")
    return {pk for app, code, pk in rows if (app, code) in wanted}


def _active(user: User | None = None) -> list[Membership]:
    rows = Membership.objects.active().select_related("administration", "region")
    return list(rows.filter(person=user) if user else rows)


def _group_names(memberships: Iterable[Membership]) -> set[str]:
    return {name for membership in memberships for name in _groups_of(membership)}


def _groups_of(membership: Membership) -> list[str]:
    role, administration, region = membership.role, membership.administration, membership.region
    if role == Role.CURATOR:
        return [CURATORS]
    if role == Role.COORDINATOR and region:
        return [coordinators_group(region)]
    if administration and role == Role.EXPERT_EDITOR:
        return [members_group(administration), EXPERT_EDITORS]
    if administration and role in (Role.CONTRIBUTOR, Role.CONTACT_POINT):
        return [members_group(administration)]
    return []


def _sync_people(groups: dict[str, Group]) -> None:
    through = User.groups.through
    wanted = {
        (membership.person_id, groups[name].pk)
        for membership in _active()
        for name in _groups_of(membership)
    }
    rows = through.objects.filter(group_id__in=[group.pk for group in groups.values()])
    held = {(row.user_id, row.group_id): row.pk for row in rows}
    through.objects.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    through.objects.bulk_create(
        through(user_id=person, group_id=group) for person, group in wanted - held.keys()
    )
