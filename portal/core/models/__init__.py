"""Models of the kernel."""

from portal.core.models.audit import AuditEntry, AuditHead, OnlyAdded
from portal.core.models.documents import PortalDocument
from portal.core.models.images import PortalImage, PortalRendition
from portal.core.models.labels import Labelled
from portal.core.models.pages import BasePage

__all__ = [
    "AuditEntry",
    "AuditHead",
    "BasePage",
    "Labelled",
    "OnlyAdded",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
]
