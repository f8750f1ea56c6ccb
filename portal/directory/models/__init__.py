"""Models of the directory."""

from portal.directory.models.administrations import Administration
from portal.directory.models.memberships import Membership, Role
from portal.directory.models.people import User
from portal.directory.models.regions import Region, RegionalBody

__all__ = ["Administration", "Membership", "Region", "RegionalBody", "Role", "User"]
