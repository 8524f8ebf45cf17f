"""The records as a table: the columns of ``records.csv`` and how a line of it is written (RFC 4180). Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compliance.reporting.evidence.verifier.selection import partner_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.reporting.evidence.verifier.openings import Opened

COLUMNS = (
    "index",
    "id",
    "started_at",
    "ended_at",
    "received_at",
    "producer",
    "producer_sequence",
    "reported_by",
    "message_reference",
    "asker",
    "on_behalf_of",
    "application",
    "capacity",
    "user_group",
    "source",
    "partner",
    "service",
    "service_version",
    "purpose",
    "legal_basis",
    "route",
    "direction",
    "trigger",
    "environment",
    "outcome",
    "service_outcome",
    "exceptions",
    "categories_requested",
    "categories_delivered",
    "search_keys",
    "record_count",
    "subject_count",
    "confidentiality",
    "retention",
    "verdict",
    "authorisation",
    "reasons",
    "corrects",
    "correlation_id",
    "tracing_id",
    "request_id",
    "subjects",
    "user",
    "dossier",
)
HEADS_LINE = b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"
_FORMULAS = ("=", "+", "-", "@")
_NOT_PLAIN = ('"', ",", "\r", "\n", "\x1f=", "\x1f+", "\x1f-", "\x1f@")
_QUOTED = re.compile('[",\r\n]')


def table_line(index: int, leaf: Mapping[str, Any], opened: Opened) -> bytes:
    """Write the line of a record."""
    get = leaf.get
    asker, service, verdict = leaf["asker"], leaf["service"], leaf["verdict"]
    chain = get("chain") or {}
    values = (
        str(index),
        leaf["id"],
        leaf["started_at"],
        get("ended_at", ""),
        leaf["received_at"],
        leaf["producer"],
        str(get("producer_sequence", "")),
        leaf["reported_by"],
        leaf["message_reference"],
        asker["organisation"],
        asker.get("on_behalf_of", ""),
        asker.get("application", ""),
        asker.get("capacity", ""),
        asker.get("user_group", ""),
        leaf["source"],
        partner_of(leaf),
        service["code"],
        service["version"],
        leaf["purpose"],
        leaf["legal_basis"],
        leaf["route"],
        leaf["direction"],
        leaf["trigger"],
        leaf["environment"],
        leaf["outcome"],
        get("service_outcome", ""),
        " | ".join(get("exceptions", ())),
        " | ".join(get("categories_requested", ())),
        " | ".join(get("categories_delivered", ())),
        " | ".join(get("search_keys", ())),
        str(leaf["record_count"]),
        str(len(leaf["subjects"])),
        leaf["confidentiality"],
        leaf["retention"],
        verdict["code"],
        verdict.get("authorisation", ""),
        " | ".join(reason["code"] for reason in verdict["reasons"]) if "reasons" in verdict else "",
        get("corrects", ""),
        chain.get("correlation_id", ""),
        chain.get("tracing_id", ""),
        chain.get("request_id", ""),
        " | ".join(opened.subjects),
        opened.user,
        opened.dossier,
    )
    # Looks at the whole line are cheaper than looks at each field; nearly no line has anything to guard.
    line = "\x1f".join(values)
    for sign in _NOT_PLAIN:
        if sign in line:
            return ",".join(map(_guarded_field, values)).encode() + b"\r\n"
    return line.replace("\x1f", ",").encode() + b"\r\n"


def _guarded_field(value: str) -> str:
    if value.startswith(_FORMULAS):
        value = f"'{value}"
    return '"{}"'.format(value.replace('"', '""')) if _QUOTED.search(value) else value
