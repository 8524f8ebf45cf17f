#!/usr/bin/env python
"""The door for operators: `manage.py help` lists the commands."""

from __future__ import annotations

import os
import sys

# They run on machines, or under users, that must not know the service's secrets.
ALONE = {"signer", "signing_key", "witness"}
IN_THE_SERVICE = "--announce"


def main() -> None:
    """Run the command, in the development settings unless told otherwise."""
    if len(sys.argv) > 1 and sys.argv[1] in ALONE and IN_THE_SERVICE not in sys.argv:
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbi_audit.settings.alone"
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbi_audit.settings.development")
    from django.core.management import execute_from_command_line  # after the settings are named

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
