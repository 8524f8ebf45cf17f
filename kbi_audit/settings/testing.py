"""Tests: fixed secrets, cheap passwords. tests/conftest.py names the database and the Valkey before first use."""

from __future__ import annotations

import base64
import os

FIXED = {
    "SECRET_KEY": "only-for-tests-" * 5,
    "KEY_ENCRYPTION_KEY": base64.b64encode(b"1" * 32).decode(),
    "LOOKUP_KEY": base64.b64encode(b"2" * 32).decode(),
    "RECEIPT_SIGNING_KEY": base64.b64encode(b"3" * 32).decode(),
    "DATABASE_URL": "postgresql://kbi_app@127.0.0.1:1/not-named-yet",
    "DATABASE_OWNER_URL": "postgresql://kbi_owner@127.0.0.1:1/not-named-yet",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "LOG_ORIGIN": "kbi-audit.test/exchanges",
    "EMAIL_URL": "memory:",
    "ATTACHMENTS_DIR": ".kbi/test-attachments",
    "LOG_FORMAT": "console",
    "LOG_LEVEL": "WARNING",
}
for name, value in FIXED.items():
    os.environ.setdefault(name, value)

from kbi_audit.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = None  # nothing is collected; files are served from where they lie
WHITENOISE_USE_FINDERS = True
