"""Page permissions: an administration's officers on their own page, and no group may publish."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from casestudies.models import AdministrationPage
from portal.directory.roles import members_group

PAGE_VERBS = ("add", "change")


def sync_page_permissions() -> None:
    """Give each Member's group add and edit on its own page, and take everything else away."""
    pages = AdministrationPage.objects.select_related("administration")
    by_group = {members_group(page.administration): page.pk for page in pages}
    set_page_permissions("Members: ", by_group, PAGE_VERBS)


def set_page_permissions(
    prefix: str, page_by_group: dict[str, int], verbs: tuple[str, ...]
) -> None:
    """Make the page permissions of all groups with a prefix equal to what is asked for."""
    groups = dict(Group.objects.filter(name__startswith=prefix).values_list("name", "pk"))
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        codename__in=[f"{verb}_page" for verb in verbs],
    )
    wanted = {
        (groups[name], page, permission.pk)
        for name, page in page_by_group.items()
        if name in groups
        for permission in permissions
    }
    rows = GroupPagePermission.objects.filter(group_id__in=groups.values())
    held = {(row.group_id, row.page_id, row.permission_id): row.pk for row in rows}
    surplus = [pk for key, pk in held.items() if key not in wanted]
    GroupPagePermission.objects.filter(pk__in=surplus).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=permission)
        for group, page, permission in wanted - held.keys()
    )
