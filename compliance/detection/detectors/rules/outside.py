"""Which categories were delivered beyond what was authorised or requested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

CATEGORY_OUTSIDE: Final = "category-outside"
_READ: Final = ("requested", "delivered", "reasons")


def with_categories_beyond(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``beyond_authorised`` and ``beyond_requested``: codes by comma, sorted; empty where there are none.

    Exchanges repeat, so each combination of lists is looked at once. Without a list of what was requested, nothing is
    beyond it: not every producer tells.
    """
    kinds = rows.select(_READ).unique()
    told = [_beyond(*kind) for kind in kinds.iter_rows()]
    names = ("beyond_authorised", "beyond_requested")
    found = kinds.with_columns(
        *(pl.Series(name, [beyond[place] for beyond in told], dtype=pl.String) for place, name in enumerate(names))
    )
    return rows.join(found, on=_READ, how="left", nulls_equal=True)


def _beyond(requested: str | None, delivered: str | None, reasons: str | None) -> tuple[str, str]:
    given, asked = _codes(delivered), _codes(requested)
    outside = set(_outside(reasons or ""))
    return ",".join(sorted(given & outside)), ",".join(sorted(given - asked)) if asked else ""


def _codes(text: str | None) -> set[str]:
    return set((text or "").split(",")) - {""}


def _outside(reasons: str) -> Iterator[str]:
    for reason in reasons.split(","):
        code, *detail = reason.split("/")
        if code == CATEGORY_OUTSIDE:
            yield from detail
