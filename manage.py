#!/usr/bin/env python
"""Entry point of Django's commands: the developer's settings unless the environment names some."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    execute_from_command_line(sys.argv)
