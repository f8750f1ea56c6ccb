"""Regions, Member administrations, people and their roles."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "portal.directory"
    label = "directory"
    verbose_name = "Directory"
