"""A database's URL as Django's settings want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from kbi_audit.kinds import DatabaseURL

Database = dict[str, Any]


def database(url: DatabaseURL, *, connection_seconds: int, lock_timeout: str = "") -> Database:
    """Return the DATABASES entry of a URL; its query part becomes libpq options."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    named = {
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
    }
    options: dict[str, object] = {"application_name": "kbi-audit", **parts}
    if lock_timeout:
        options["options"] = f"-c lock_timeout={lock_timeout}"
    return {
        "ENGINE": "kbi_audit.postgresql",
        **named,
        "CONN_MAX_AGE": connection_seconds,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
