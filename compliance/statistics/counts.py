"""What a follower counts, and the statements that write it: to add a window, or to make a whole table anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Target:
    """A table of counts, its key, and the query that makes it from what was read.

    ``begins`` and ``ends`` are the moments, in SQL, between which everything happened that one row counts.
    """

    table: str
    key: tuple[str, ...]
    query: str
    begins: str
    ends: str

    @property
    def columns(self) -> str:
        """The key, as SQL lists it."""
        return ", ".join(self.key)


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one follower, whose cursor is kept under ``follower``.

    ``entries`` reads the entries of the transactions from ``start`` until ``end`` (excluded) as rows with a ``count``,
    below zero for what a correction takes away; the targets find them under the name of ``rows``.
    """

    follower: str
    rows: str
    entries: str
    targets: tuple[Target, ...]

    def writing(self, write: Callable[[Target], str]) -> str:
        """Return the statement that writes every table as ``write`` says, and tells how many entries it read."""
        writes = ", ".join(f"into_{target.table} AS ({write(target)})" for target in self.targets)
        read = f"SELECT coalesce(sum(count) FILTER (WHERE count > 0), 0)::bigint FROM {self.rows}"  # noqa: S608
        return f"WITH {self.rows} AS MATERIALIZED ({self.entries}), {writes} {read}"

    def comparing(self, compare: Callable[[Target], str]) -> str:
        """Return the query of the rows that ``compare`` gives for every table."""
        return f"WITH {self.rows} AS MATERIALIZED ({self.entries}) {' UNION ALL '.join(map(compare, self.targets))}"


def upsert(target: Target) -> str:
    """Return the query that adds to what is there."""
    return f"{insert(target)} ON CONFLICT ({target.columns}) DO UPDATE SET count = kept.count + excluded.count"


def insert(target: Target) -> str:
    """Return the query that fills an empty table."""
    return f"INSERT INTO {target.table} AS kept ({target.columns}, count) {target.query}"


def only(target: Target, condition: str) -> Target:
    """Return the target limited to the rows of which a condition holds."""
    return replace(target, query=f"SELECT * FROM ({target.query}) AS counted WHERE {condition}")  # noqa: S608
