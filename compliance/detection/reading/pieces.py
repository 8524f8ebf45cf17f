"""What of an exchange stands in its entry only, cut out as bytes; of the pieces only what differs is read as JSON.

Entries are canonical JSON, in which a quote inside a text is always escaped, and members stand in the order of their
names: from ``"asker":{`` to ``,"chain":{`` (or what comes after it) stand who asked and the categories, and the verdict
is the last. See :mod:`compliance.statistics.counting_use`, which cuts in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

CATEGORY_OUTSIDE: Final = "category-outside"

_REST = "substring(leaf FROM asker)"
_KEYS = "substring(leaf FROM keys)"
_DECISION = "substring(leaf FROM decision)"


def _at(sign: str, within: str = "leaf") -> str:
    return f"position('{sign}'::bytea IN {within})"


def _text(octets: str) -> str:
    return f"convert_from({octets}, 'UTF8')"


_CHAIN = "nullif(" + _at(',"chain":{', _REST) + ", 0)"
_CONFIDENTIALITY = _at(',"confidentiality":"', _REST)
_ID = _at(',"id":"', _DECISION)


def pieces(which: str) -> str:
    """Return the query of the pieces of entries of which a condition holds; what the log says of itself has none."""
    return f"""
    SELECT id, log,
           {_text(f"substring(leaf FROM asker FOR coalesce({_CHAIN}, {_CONFIDENTIALITY}) - 1)")} AS asked,
           CASE WHEN keys > 0 THEN {_text(f"substring(leaf FROM keys + 1 FOR {_at(']', _KEYS)} - 1)")} END AS keys,
           CASE WHEN decision > 0 THEN {_text(f"substring(leaf FROM decision + 1 FOR {_ID} - 2)")} END AS decision,
           CASE WHEN relation > 0 THEN {_text("substring(leaf FROM relation FOR 40)")} END AS relation,
           {_text("substring(leaf FROM verdict + 1)")} AS verdict
      FROM (SELECT id, log, leaf,
                   {_at('"asker":{', "substring(leaf FROM 1 FOR 300)")} AS asker,
                   {_at(',"search_keys":[')} AS keys,
                   {_at(',"decision":{')} AS decision,
                   {_at(',"relation":"')} AS relation,
                   {_at(',"verdict":{')} AS verdict
              FROM ledger_entry WHERE {which} OFFSET 0) AS entry
     WHERE asker > 0 AND verdict > 0
"""  # noqa: S608 every word is our own


CUT: Final = pl.Schema({name: pl.String() for name in ("asked", "keys", "decision", "relation", "verdict")})

READ: Final = pl.Schema(
    {
        name: pl.String()
        for name in (
            "application",
            "group",
            "requested",
            "delivered",
            "search_keys",
            "decision",
            "relation",
            "reasons",
        )
    }
)


def read_pieces(cut: pl.DataFrame) -> pl.DataFrame:
    """Return the table with the columns of :data:`READ` in the place of those of :data:`CUT`."""
    kinds = cut.select(CUT.names()).unique()
    read = pl.DataFrame([_read(*kind) for kind in kinds.iter_rows()], schema=READ, orient="row")
    known = kinds.rename({name: f"_{name}" for name in CUT}).hstack(read)
    found = cut.rename({name: f"_{name}" for name in CUT}).join(
        known, on=[f"_{name}" for name in CUT], how="left", nulls_equal=True
    )
    return found.drop([f"_{name}" for name in CUT])


def _read(
    asked: str, keys: str | None, decision: str | None, relation: str | None, verdict: str
) -> tuple[str | None, ...]:
    head, tail = msgspec.json.decode(f"{{{asked}}}"), msgspec.json.decode(f"{{{verdict}")
    asker = head["asker"]
    return (
        asker.get("application"),
        asker.get("user_group"),
        ",".join(sorted(head.get("categories_requested", ()))),
        ",".join(sorted(head.get("categories_delivered", ()))),
        "" if keys is None else ",".join(msgspec.json.decode(f"{{{keys}}}")["search_keys"]),
        _decision(decision),
        None if relation is None else relation.split('"')[3],
        ",".join(_reasons(tail["verdict"].get("reasons", ()))),
    )


def _decision(piece: str | None) -> str:
    if piece is None:
        return ""
    found = msgspec.json.decode(f"{{{piece}}}}}")["decision"]
    return "/".join([found["finding"], *found.get("differs", ())])


def _reasons(reasons: list[dict[str, Any]]) -> Iterator[str]:
    for reason in reasons:
        detail = reason.get("detail", [])
        yield "/".join([reason["code"], *(detail if reason["code"] == CATEGORY_OUTSIDE else detail[:1])])
