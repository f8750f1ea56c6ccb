"""Models of the regional forums."""

from forums.models.pages import RegionalForumPage

__all__ = ["RegionalForumPage"]
