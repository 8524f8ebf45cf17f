"""What a detector looks at: what was recorded of one day, as far as the day is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from datetime import date, datetime

MOMENT: Final = pl.Datetime("us", "UTC")

TRAFFIC: Final = pl.Schema(
    {
        "exchange": pl.String(),  # the identifier of the record, 8-4-4-4-12
        "at": MOMENT,  # the start
        "recorded_at": MOMENT,
        "hour": pl.Int8(),  # of the clock in Brussels, 0-23
        "partner": pl.String(),
        "asker": pl.String(),
        "source": pl.String(),
        "service": pl.String(),
        "purpose": pl.String(),
        "route": pl.String(),
        "direction": pl.String(),
        "trigger": pl.String(),
        "environment": pl.String(),
        "outcome": pl.String(),
        "service_outcome": pl.String(),
        "verdict": pl.String(),
        # Of the verdict: codes with their first detail, "verdict/detail", by comma; of category-outside every category.
        "reasons": pl.String(),
        "authorisation": pl.String(),  # "CODE/number", or empty
        # What was found of the decision that it quotes, "differs/part/part"; empty where it quotes none.
        "decision": pl.String(),
        "requested": pl.String(),  # categories, sorted, by comma
        "delivered": pl.String(),
        "search_keys": pl.String(),  # by comma
        "reference": pl.String(),  # of the message
        "producer": pl.String(),
        "sequence": pl.Int64(),  # the producer's number, or null
        "subjects": pl.Int32(),  # persons in the exchange
        "records": pl.Int32(),
        "application": pl.String(),  # or null
        "group": pl.String(),  # of the user, at the partner, or null
        "user": pl.Int64(),  # who asked, a pseudonym; null for a machine, or when erased
        "person": pl.Int64(),  # about whom, a pseudonym; null where there is none, or when erased
        "dossier": pl.Int64(),  # the reference that the asker gave, a pseudonym, or null
        "relation": pl.String(),  # of user to person, as the source matched it: self, household, address, or null
        "number_range": pl.Int64(),  # a pseudonym of the fifty numbers among which the person's stands, or null
    }
)
"""One row an exchange and person; an exchange without a person has one. What was corrected is left out.

Pseudonyms are the first eight bytes of :func:`compliance.kernel.pseudonyms.lookup`, as a signed number, so a user and a
person who are the same human being with a national number have the same.
"""

COUNTS: Final = pl.Schema(
    {
        "hour": MOMENT,  # when it begins
        "partner": pl.String(),
        "service": pl.String(),
        "route": pl.String(),
        "trigger": pl.String(),
        "outcome": pl.String(),
        "count": pl.Int64(),
    }
)
"""Exchanges in production by hour; an hour without any has no row."""

NUMBERS: Final = pl.Schema({"producer": pl.String(), "sequence": pl.Int64()})
"""Numbers that producers gave."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Window:
    """One day of Brussels. ``until`` (excluded) is how far it is known: what a detector says rests on what was before.

    ``begins`` and ``ends`` bound the day. ``traffic`` has the columns of :data:`TRAFFIC` and ``explained``
    (:class:`compliance.detection.detectors.explanation.Explanation`, null for what is not a look-up by a person);
    ``counts`` those of :data:`COUNTS`. ``corrected`` holds the numbers (:data:`NUMBERS`) of what was corrected, which
    the traffic leaves out, so that none is missed.
    """

    day: date
    begins: datetime
    ends: datetime
    until: datetime
    traffic: pl.DataFrame
    counts: pl.DataFrame
    corrected: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NUMBERS))

    @property
    def production(self) -> pl.DataFrame:
        """What ran in production."""
        return self.traffic.filter(pl.col("environment") == "production")

    @property
    def look_ups(self) -> pl.DataFrame:
        """What people asked by hand about persons, in production."""
        return self.production.filter(
            (pl.col("trigger") == "manual") & pl.col("user").is_not_null() & pl.col("person").is_not_null()
        )
