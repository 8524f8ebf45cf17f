"""What of an authorisation was used, in SQL: by month, version, partner, environment and verdict, each thing a count.

The columns of exchanges hold neither categories nor reasons; the entry's bytes do. Reading each entry as JSON takes
ten times what counting takes. But entries are canonical JSON, in which a quote inside a text is always escaped: a
member such as ``,"categories_requested":[`` stands in one place or nowhere. So the pieces are cut out as bytes, rows
are grouped by them, and only what differs, some hundreds, is read as JSON.
"""

from __future__ import annotations

from typing import Final

from compliance.statistics.counts import Counts, Target
from compliance.statistics.models import VersionUse
from compliance.statistics.names import USE_FOLLOWER
from compliance.statistics.vocabulary import UseKind

_COLUMNS = (
    "authorisation",
    "partner",
    "environment",
    "verdict",
    "service",
    "service_version",
    "purpose",
    "legal_basis",
    "route",
)
_PIECES = {"requested": ("categories_requested", "]"), "delivered": ("categories_delivered", "]")}
_PIECES |= {"reasons": ("reasons", '],"register_revision":')}
_NAMES = ", ".join((*_COLUMNS, *_PIECES))


def _begin(member: str) -> str:
    """Return where the elements of a list begin, past its end when the entry has no such member."""
    sign = f',"{member}":['
    return f"nullif(position('{sign}'::bytea IN leaf), 0) + {len(sign)} AS from_{member}"


def _cut(name: str, member: str, end: str) -> str:
    rest = f"substring(leaf FROM from_{member})"
    return f"coalesce(substring({rest} FOR position('{end}'::bytea IN {rest}) - 1), '') AS {name}"


_CUT = f"""
    SELECT id, log, {", ".join(_cut(name, *piece) for name, piece in _PIECES.items())}
      FROM (SELECT id, log, leaf, {", ".join(_begin(member) for member, _end in _PIECES.values())}
              FROM ledger_entry WHERE {{which}} OFFSET 0) AS entry
"""  # noqa: S608 every word is our own
_OF_WINDOW = _CUT.format(which="xid >= %(start)s AND xid < %(end)s")
_OF_ORIGINAL = _CUT.format(which="id = correction.corrects AND log = correction.log")
_HOUR = "date_bin('1 hour', started_at, '2000-01-01 00:00+00')"

_USES = f"""
    SELECT {_HOUR} AS hour, {_NAMES}, count(*) AS count
      FROM exchanges_exchange JOIN ({_OF_WINDOW} OFFSET 0) AS cut USING (id, log)
     WHERE xid >= %(start)s AND xid < %(end)s AND authorisation <> ''
     GROUP BY hour, {_NAMES}
    UNION ALL
    SELECT {_HOUR} AS hour, {_NAMES}, -count(*)
      FROM (SELECT original.*, requested, delivered, reasons
              FROM exchanges_exchange AS correction
             CROSS JOIN LATERAL (
                   SELECT {", ".join(_COLUMNS)}, started_at FROM exchanges_exchange
                    WHERE id = correction.corrects AND log = correction.log OFFSET 0) AS original
             CROSS JOIN LATERAL ({_OF_ORIGINAL}) AS cut
             WHERE correction.xid >= %(start)s AND correction.xid < %(end)s AND correction.corrects IS NOT NULL
               AND original.authorisation <> '') AS taken_away
     GROUP BY hour, {_NAMES}
"""  # noqa: S608 every word is our own


def _json(piece: str) -> str:
    return f"('[' || convert_from({piece}, 'UTF8') || ']')::jsonb"


# Of a broken condition the first detail says which; of what lies outside each detail is a code.
_THINGS = f"""
    VALUES ('{UseKind.EXCHANGE}', ''),
           ('{UseKind.SERVICE}', service || '/' || service_version),
           ('{UseKind.PURPOSE}', purpose),
           ('{UseKind.LEGAL_BASIS}', legal_basis),
           ('{UseKind.ROUTE}', route),
           ('{UseKind.HOUR}', to_char(hour AT TIME ZONE 'Europe/Brussels', 'ID-HH24'))
    UNION
    SELECT '{UseKind.REQUESTED}', jsonb_array_elements_text({_json("requested")})
    UNION
    SELECT '{UseKind.DELIVERED}', jsonb_array_elements_text({_json("delivered")})
    UNION
    SELECT '{UseKind.REASON}', concat_ws('/', reason ->> 'code', detail)
      FROM jsonb_array_elements({_json("reasons")}) AS reason
      LEFT JOIN LATERAL jsonb_array_elements_text(reason -> 'detail') WITH ORDINALITY AS told (detail, place)
             ON place = 1 OR reason ->> 'code' <> 'condition-broken'
"""  # noqa: S608 every word is our own
_KEY = ("authorisation", "partner", "month", "environment", "verdict", "kind", "code")

USE: Final = Counts(
    USE_FOLLOWER,
    "uses",
    _USES,
    (
        Target(
            VersionUse._meta.db_table,
            _KEY,
            f"SELECT authorisation, partner, date_trunc('month', hour AT TIME ZONE 'Europe/Brussels')::date AS month,"  # noqa: S608
            f" environment, verdict, kind, code, sum(count)::bigint AS count"
            f" FROM uses CROSS JOIN LATERAL ({_THINGS}) AS thing (kind, code) GROUP BY {', '.join(_KEY)}",
            "month::timestamp AT TIME ZONE 'Europe/Brussels'",
            "(month + interval '1 month') AT TIME ZONE 'Europe/Brussels'",
        ),
    ),
)
"""Entries by hour, columns and pieces, and the table of what was used that is made of them."""
