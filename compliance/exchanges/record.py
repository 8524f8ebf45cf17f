"""Record exchanges: the verb behind the API, the import and the replay.

One transaction writes entry, openings and columns of all reports, or of none; for a few it is a
single statement. Rows are first copied as if they were new; only when the primary key says that one
was recorded before (a retry) are the earlier answers looked up, so that the common case pays
nothing for the rare one.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import islice, repeat
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import errors as postgres

from compliance.authorisations.snapshot import current_snapshot, usage_of
from compliance.exchanges.check import problems
from compliance.exchanges.commitments import persons_of
from compliance.exchanges.corrections import check_corrections
from compliance.exchanges.existing import recorded_before
from compliance.exchanges.insert_rows import RegisterMovedError
from compliance.exchanges.prepare import Keyed, Preparer, check_lengths, key
from compliance.exchanges.recorded import Recorded
from compliance.exchanges.write_rows import FEW, lock_out_erasures, obtain_keys, person_keys, write_rows
from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError, UnavailableError
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.receipt import sign_receipts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from compliance.authorisations.snapshot import Snapshot
    from compliance.exchanges.existing import Existing
    from compliance.exchanges.prepare import Prepared
    from compliance.exchanges.recorded import Reporter
    from compliance.exchanges.submission import Submission
    from compliance.ledger.receipt import Receipt

MOST_ERRORS = 100
SLICE = 4_000
_ATTEMPTS = 4
_ID = attrgetter("id")


def record(
    *, reports: Sequence[Submission], reporter: Reporter, with_receipts: bool = True, revision: int | None = None
) -> list[Recorded]:
    """Record all reports in one durable transaction, and answer for each in their order.

    A report that was recorded before with the same content gets its first answer. Raises
    :class:`InvalidInputError` (nothing is recorded; a pointer per error, ``/<position>/…``),
    :class:`ConflictError` (same producer, reference and start; another content) and
    :class:`UnavailableError`. ``revision`` is the register's, for a caller who has just read it.
    """
    try:
        return record_each(reports=reports, reporter=reporter, with_receipts=with_receipts, revision=revision)
    except (InvalidInputError, ConflictError) as error:
        error.errors = error.errors[:MOST_ERRORS]
        raise


def record_each(
    *,
    reports: Sequence[Submission],
    reporter: Reporter,
    with_receipts: bool = False,
    look_first: bool = False,
    checked: bool = False,
    revision: int | None = None,
) -> list[Recorded]:
    """Record as :func:`record` does, for callers who want to hear of every report that is in conflict.

    ``look_first`` saves an attempt where some are known to be there; ``checked`` a second look by
    :func:`problems`, which found nothing.
    """
    received_at = now()
    look_first = look_first or any(report.corrects is not None for report in reports)
    for _ in range(_ATTEMPTS):
        try:
            return _attempt(
                reports,
                reporter,
                received_at,
                look_first=look_first,
                with_receipts=with_receipts,
                checked=checked,
                revision=revision,
            )
        except RegisterMovedError:
            revision = None
        except IntegrityError as error:
            match error.__cause__:
                case postgres.UniqueViolation():
                    look_first = True
                case postgres.CheckViolation():
                    ensure_months(month_of(report.started_at) for report in reports)
                case _:
                    raise
        except OperationalError as error:
            # Two batches that correct the same records in another order; the other one has gone on.
            if not isinstance(error.__cause__, postgres.DeadlockDetected):
                raise
    message = "Other writers keep reporting the same exchanges, or changing the register, at the same time."
    raise UnavailableError(message, retry_after=1)


def check_all(*, reports: Sequence[Submission], reporter: Reporter, snapshot: Snapshot, at: datetime) -> None:
    """Raise :class:`InvalidInputError` with the first hundred errors of these reports, if there is any."""
    found = (
        FieldError(f"/{position}{error.pointer}", error.detail, error.code)
        for position, report in enumerate(reports)
        for error in problems(report, snapshot=snapshot, reporter=reporter, now=at)
    )
    errors = tuple(islice(found, MOST_ERRORS))
    if errors:
        raise InvalidInputError(errors=errors)


def _attempt(
    reports: Sequence[Submission],
    reporter: Reporter,
    received_at: datetime,
    *,
    look_first: bool,
    with_receipts: bool,
    checked: bool,
    revision: int | None,
) -> list[Recorded]:
    answers: dict[bytes, Recorded] = {}
    one_statement = len(reports) <= FEW and not look_first and not connection.in_atomic_block
    with nullcontext() if one_statement else transaction.atomic():
        # One statement is a transaction by itself. Keys of new persons are then committed before it; a key that no
        # opening uses yet says nothing.
        if not one_statement:
            lock_out_erasures()
            revision = None
        snapshot = current_snapshot(revision=revision)
        if not checked:
            check_all(reports=reports, reporter=reporter, snapshot=snapshot, at=received_at)
        keyed = [key(report, producer=reporter.organisation) for report in reports]
        before = recorded_before({report.id for report in keyed}) if look_first else {}
        found = _new(keyed, before)
        check_corrections(found)
        # In one order everywhere, so that writers of the same reports wait for each other instead of deadlocking.
        new = sorted(found.values(), key=_ID)
        preparer = Preparer(snapshot=snapshot, usage=usage_of(snapshot), received_at=received_at, actor=reporter.actor)
        persons = persons_of(one.report for one in new)
        obtained = obtain_keys(persons, received_at=received_at, revision=snapshot.revision)
        for start in range(0, len(new), SLICE):
            prepared = preparer.prepare(new[start : start + SLICE])
            check_lengths(prepared, found)
            write_rows(prepared, received_at=received_at, revision=snapshot.revision, obtained=obtained)
            answers |= _answers(prepared, received_at, with_receipts=with_receipts)
        if obtained:
            transaction.on_commit(partial(person_keys.keep, obtained, revision=snapshot.revision))
    return list(_in_order(keyed, answers, before, with_receipts=with_receipts))


def _new(keyed: Sequence[Keyed], before: dict[bytes, Existing]) -> dict[int, Keyed]:
    """Return, by position, the reports that were not recorded before; each once. Raises :class:`ConflictError`."""
    new: dict[int, Keyed] = {}
    known = {identifier: first.fingerprint for identifier, first in before.items()}
    conflicts = []
    for position, report in enumerate(keyed):
        first = known.get(report.id)
        if first is None:
            known[report.id] = report.fingerprint
            new[position] = report
        elif first and first != report.fingerprint:  # one that came back from its copy has no fingerprint
            conflicts.append(
                FieldError(
                    f"/{position}/message_reference",
                    "This producer reported another content with this reference and start. "
                    "Send a correction, or a reference of its own.",
                    "conflicting-content",
                )
            )
    if conflicts:
        raise ConflictError(errors=tuple(conflicts))
    return new


def _in_order(
    keyed: Sequence[Keyed], answers: dict[bytes, Recorded], before: dict[bytes, Existing], *, with_receipts: bool
) -> Iterator[Recorded]:
    """Answer each report; one that stands twice in a batch is new the first time only."""
    given: set[bytes] = set()
    for report in keyed:
        answer = answers.get(report.id)
        if answer is None:
            yield _answered_before(report.id, before[report.id], with_receipts=with_receipts)
        elif report.id in given:
            yield replace(answer, is_new=False)
        else:
            given.add(report.id)
            yield answer


def _answers(prepared: Sequence[Prepared], received_at: datetime, *, with_receipts: bool) -> dict[bytes, Recorded]:
    receipts: Iterable[Receipt | None] = repeat(None)
    if with_receipts:
        leaves = [record.leaf for record in prepared]
        receipts = sign_receipts(leaves=leaves, received_at=canonical_time(microseconds(received_at)))
    return {
        record.keyed.id: Recorded(UUID(bytes=record.keyed.id), record.judgement, is_new=True, receipt=receipt)
        for record, receipt in zip(prepared, receipts, strict=False)
    }


def _answered_before(identifier: bytes, first: Existing, *, with_receipts: bool) -> Recorded:
    receipt = next(sign_receipts(leaves=[first.leaf], received_at=first.received_at)) if with_receipts else None
    return Recorded(UUID(bytes=identifier), first.judgement, is_new=False, receipt=receipt)
