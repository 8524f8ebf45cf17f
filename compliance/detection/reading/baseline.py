"""What was known before a day, out of the tables: the same that :class:`History` holds in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl
from django.db import connection, transaction

from compliance.detection.detectors.baseline import DOSSIERS, KNOWN, PAIRS, REFERENCES, SEQUENCES, USER_DAYS
from compliance.detection.detectors.history import COUNT_DAYS, REFERENCE_DAYS
from compliance.detection.detectors.make_window import bounds
from compliance.detection.detectors.window import COUNTS
from compliance.detection.reading.copied import copied, micros
from compliance.kernel.record_id import first_at
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from datetime import date

    from compliance.detection.detectors.baseline import Baseline

_PAIRS = """
    SELECT day, partner, "user", person, "group", look_ups, direct, unexplained FROM compliance_pairday
     WHERE day >= %(since)s AND day < %(day)s ORDER BY day, partner, "user", person
"""
_USER_DAYS = """
    SELECT day, partner, service, "user", "group", look_ups, persons, unexplained, without_dossier, by_name, hours
      FROM compliance_userday
     WHERE day >= %(since)s AND day < %(day)s AND "user" IS NOT NULL ORDER BY day, partner, service, "user"
"""
# When a use was seen last before the day stands in the row itself, unless it was seen on the day or later as well.
_KNOWN = """
    SELECT partner, service, "user", first,
           CASE WHEN last < %(day)s THEN last ELSE coalesce(
                (SELECT max(before.day) FROM compliance_userday AS before
                  WHERE before.partner = known.partner AND before.service = known.service AND before.day < %(day)s
                    AND (before."user" = known."user" OR (before."user" IS NULL AND known."user" IS NULL))),
                first) END
      FROM compliance_knownuse AS known WHERE first < %(day)s ORDER BY partner, service, "user" NULLS FIRST
"""
_SEQUENCES = f"""
    SELECT DISTINCT ON (producer) producer, last, {micros("at")} FROM compliance_producerday
     WHERE day < %(day)s ORDER BY producer, last DESC, at DESC
"""  # noqa: S608 every word is our own
_COUNTS = f"""
    SELECT {micros("hour")}, partner, service, route, trigger, outcome, sum(count)::bigint FROM compliance_hourcount
     WHERE environment = 'production' AND hour >= %(since)s AND hour < %(begins)s
     GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) > 0
"""  # noqa: S608 every word is our own
_STANDS = """NOT EXISTS (SELECT FROM exchanges_correction AS correction
                        WHERE correction.original = exchange.id AND correction.log = exchange.log)"""
_REFERENCES = f"""
    SELECT producer, message_reference, id, {micros("started_at")} FROM exchanges_exchange AS exchange
     WHERE log = %(log)s AND id >= %(first)s AND id < %(begins)s AND xid < %(below)s AND {_STANDS}
       AND (producer, message_reference) IN (
           SELECT producer, message_reference FROM exchanges_exchange
            WHERE log = %(log)s AND id >= %(begins)s AND id < %(ends)s AND xid < %(below)s)
     ORDER BY id
"""  # noqa: S608 every word is our own
_DOSSIERS = "SELECT partner, person, dossier, holder, team, opened, closed FROM compliance_dossier"
_OF_DAY: Final = (
    f"{_DOSSIERS} WHERE person = ANY(%(persons)s) OR dossier = ANY(%(dossiers)s) ORDER BY partner, dossier, person"
)


def read_profiles(day: date, register: Baseline) -> Baseline:
    """Return the register with what the tables say of the days before a day."""
    since = {"day": day, "since": day - timedelta(days=register.days_kept)}
    return replace(
        register,
        pairs=copied(_PAIRS, since, PAIRS),
        user_days=copied(_USER_DAYS, since, USER_DAYS),
        known=copied(_KNOWN, since, KNOWN),
        sequences=copied(_SEQUENCES, since, SEQUENCES),
        counts=copied(
            _COUNTS,
            {"begins": bounds(day)[0], "since": bounds(day - timedelta(days=COUNT_DAYS))[0]},
            COUNTS,
        ).sort(COUNTS.names()[:-1]),
    )


def read_references(day: date, *, below: int) -> pl.DataFrame:
    """Return the messages of the days before that have the reference of one of the day."""
    begins, ends = bounds(day)
    told = {
        "log": LogNumber.EXCHANGES.value,
        "first": first_at(bounds(day - timedelta(days=REFERENCE_DAYS))[0]),
        "begins": first_at(begins),
        "ends": first_at(ends),
        "below": below,
    }
    with transaction.atomic(), connection.cursor() as database:
        # Where it does not know yet how much the day holds, the planner would look up each by the index on references.
        database.execute("SET LOCAL enable_nestloop = off")
        found = copied(_REFERENCES, told, REFERENCES)
        database.execute("SET LOCAL enable_nestloop = on")
    return found


def read_dossiers(traffic: pl.DataFrame) -> pl.DataFrame:
    """Return the dossiers that are about those looked up by hand, or that were named."""
    by_hand = traffic.filter(pl.col("trigger") == "manual")
    told = {
        "persons": by_hand.get_column("person").drop_nulls().unique().to_list(),
        "dossiers": by_hand.get_column("dossier").drop_nulls().unique().to_list(),
    }
    return copied(_OF_DAY, told, DOSSIERS)


def read_all_dossiers() -> pl.DataFrame:
    """Return every dossier that partners told us of."""
    return copied(f"{_DOSSIERS} ORDER BY partner, dossier, person", {}, DOSSIERS)
