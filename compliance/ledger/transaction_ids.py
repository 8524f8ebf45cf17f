"""The server's transaction ids, by which entries are followed.

Never by ``id > last``: a transaction may commit long after one that began later, and a follower that had
passed its ids would miss its rows for ever. The horizon is the oldest transaction that may still commit;
below it all is decided, so each window is read once, whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.errors import ComplianceError

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


class TransactionIdsWentBackError(ComplianceError):
    """The database counts transactions from an earlier point than a follower: it was restored into another cluster.

    Following on would miss what is recorded until the ids have caught up, and nobody would notice.
    """

    problem_type = "transaction-ids-went-back"
    title = (
        "The database was restored into another cluster: its transaction ids lie below those of the entries. "
        "Nothing is counted or sealed until they are raised; docs/operations.md says how."
    )


def horizon(database: CursorWrapper) -> int:
    """Return the id below which every transaction has ended."""
    database.execute(f"SELECT {HORIZON}")
    return int(database.fetchone()[0])


def frontier(database: CursorWrapper) -> int:
    """Return an id that is higher than that of every transaction that has begun to write.

    It takes one itself: the xmax of a snapshot says what has ended, and may lie below what runs.
    """
    database.execute("SELECT pg_current_xact_id()::text::bigint")
    return int(database.fetchone()[0])
