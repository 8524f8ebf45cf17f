"""`manage.py check`: what the settings say of the ledger's watchers; with `--deploy` also who is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 - Django's own name for it

from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.policy import parse_policy
from compliance.ledger.timestamps.trusted import trusted_certificates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.checks import CheckMessage

ABSENT = (
    (
        "SIGNER_URL",
        "kbi_audit.W001",
        "Nobody signs the heads of the ledger: whoever rules the database can rewrite it unnoticed.",
        "Run `manage.py signer` as another user, and set SIGNER_URL.",
    ),
    (
        "WITNESS_POLICY_FILE",
        "kbi_audit.W002",
        "No witness confirms the heads of the ledger: whoever has the signer's key too can show two histories.",
        "Have partners run `manage.py witness`, and name them in the file of WITNESS_POLICY_FILE.",
    ),
    (
        "TIMESTAMP_URL",
        "kbi_audit.W003",
        "No authority timestamps the ledger: that a record is as old as it says rests on our own clock.",
        "Set TIMESTAMP_URL and TIMESTAMP_AUTHORITY_FILE.",
    ),
    (
        "TILE_STORE",
        "kbi_audit.W004",
        "The database holds the only copy of the ledger's tiles, and nobody else can read them.",
        "Set TILE_STORE to a folder or bucket on other machines than the database's.",
    ),
)


@register(Tags.security, deploy=True)
def watchers_are_there(**_options: object) -> list[CheckMessage]:
    """Warn of each watcher that is not set."""
    return [
        Warning(problem, hint=hint, id=identifier)
        for name, identifier, problem, hint in ABSENT
        if not getattr(settings, name)
    ]


@register(Tags.security)
def watchers_can_be_believed(**_options: object) -> list[CheckMessage]:
    """Find files about whom to believe that are missing, malformed, or silent about this ledger."""
    return [*_policy_problems(), *_authority_problems()]


def _policy_problems() -> Iterator[CheckMessage]:
    file = settings.WITNESS_POLICY_FILE
    if file is None:
        return
    try:
        policy = parse_policy(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        hint = "docs/settings.md says what it holds, under WITNESS_POLICY_FILE."
        yield Error(f"The policy of witnesses cannot be used: {error}", hint=hint, id="kbi_audit.E001")
        return
    unknown = [origin_of(log) for log in LogNumber if not policy.verifiers_of(origin_of(log))]
    if unknown:
        yield Error(
            f"The policy of witnesses has no key for {' and '.join(unknown)}.",
            hint="Add a line `log <verifier key>` for each; the origins are in LOG_ORIGIN and OVERSIGHT_LOG_ORIGIN.",
            id="kbi_audit.E002",
        )
    if not settings.SIGNER_URL:
        hint = "Set SIGNER_URL too: witnesses confirm what is signed."
        yield Error("There are witnesses, but no signer.", hint=hint, id="kbi_audit.E003")


def _authority_problems() -> Iterator[CheckMessage]:
    file = settings.TIMESTAMP_AUTHORITY_FILE
    hint = "Save the authority's root certificate (PEM) in the file of TIMESTAMP_AUTHORITY_FILE."
    if settings.TIMESTAMP_URL and file is None:
        yield Error("An authority is asked for timestamps, but none is believed.", hint=hint, id="kbi_audit.E004")
    if file is not None:
        try:
            trusted_certificates(file)
        except (OSError, ValueError) as error:
            yield Error(f"The authority's certificates cannot be read: {error}", hint=hint, id="kbi_audit.E005")
