"""What is made while an image is built, when no secret is known yet: translations and hashed static files."""

from __future__ import annotations

import base64
import os
import secrets

import django
from django.core.management import call_command


def main() -> None:
    """Compile the translations and collect the static files, in production settings with throw-away values."""
    for name in ("KEY_ENCRYPTION_KEY", "LOOKUP_KEY", "RECEIPT_SIGNING_KEY"):
        os.environ[name] = base64.b64encode(secrets.token_bytes(32)).decode()
    os.environ.update(
        SECRET_KEY=secrets.token_urlsafe(60),
        DATABASE_URL="postgresql://nobody@nowhere/nothing",
        REDIS_URL="redis://nowhere",
        SITE_URL="https://nowhere",
        ALLOWED_HOSTS="nowhere",
        LOG_ORIGIN="nowhere",
        DJANGO_SETTINGS_MODULE="kbi_audit.settings.production",
    )
    django.setup()
    call_command("translations", "compile")
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
