#!/usr/bin/env python
"""The door for operators: `manage.py help` lists the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command, in the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbi_audit.settings.development")
    from django.core.management import execute_from_command_line  # after the settings are named

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
