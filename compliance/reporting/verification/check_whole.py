"""What only the whole log shows: checked at the end of every run, whatever its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.exchanges.verify.columns import check_surplus_corrections
from compliance.exchanges.verify.erasures import check_erasure_rows
from compliance.exchanges.verify.openings import check_surplus_openings
from compliance.ledger.logs import LogNumber
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.policy import PolicyError
from compliance.ledger.trusted import current_policy
from compliance.ledger.verify.destroyed import read_destroyed
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.memories import check_memories, check_prefix
from compliance.ledger.verify.tile_files import check_tile_store
from compliance.ledger.verify.whole_log import check_not_begun, check_quorum, check_whole_log

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMNS = {LogNumber.EXCHANGES: "exchanges_exchange", LogNumber.OVERSIGHT: "oversight_act"}


def check_whole(*, log: int, with_openings: bool, held: Iterable[str] = ()) -> Findings:
    """Return what was found; ``held`` are checkpoints (signed notes) that somebody kept outside."""
    findings = Findings()
    check_memories(log=log, findings=findings)
    for note in held:
        _check_held(note, log=log, findings=findings)
    check_tile_store(log=log, findings=findings)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        check_whole_log(cursor, log=log, findings=findings)
        check_quorum(cursor, log=log, findings=findings)
        read_destroyed(cursor, log=log, findings=findings)
        check_erasure_rows(cursor, log=log, findings=findings)
        if log == LogNumber.EXCHANGES:
            check_surplus_corrections(cursor, findings=findings)
            if with_openings:
                check_surplus_openings(cursor, findings=findings)
        for table in ("ledger_entry", _COLUMNS[LogNumber(log)]):
            check_not_begun(cursor, log=log, table=table, findings=findings)
    return findings


def _check_held(written: str, *, log: int, findings: Findings) -> None:
    policy = current_policy()
    if policy is None:
        findings.remark(Check.HELD_CHECKPOINT, "No policy is set: the held checkpoint could not be verified.")
        return
    try:
        confirmed = policy.confirm(parse(written))
    except (NoteError, PolicyError) as error:
        findings.fail(Check.HELD_CHECKPOINT, f"The held checkpoint cannot be relied on: {error}")
        return
    who = "Who keeps the checkpoint"
    check_prefix(confirmed.checkpoint, log=log, who=who, check=Check.HELD_CHECKPOINT, findings=findings)
