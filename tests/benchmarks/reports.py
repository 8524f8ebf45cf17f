"""Reports to measure with: three months, fifty thousand persons, half of them by machine."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from compliance.exchanges.submission import Asker, Chain, ServiceVersion, Subject, Submission, User
from compliance.simulation.numbers import synthetic_insz

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = datetime(2016, 1, 4, 7, 0, tzinfo=UTC)
_PERSONS = 50_000
_SPACING = timedelta(seconds=1.2)


def span(count: int) -> tuple[datetime, datetime]:
    """Return the start of the first and of the last of so many reports."""
    return _FIRST, _FIRST + count * _SPACING


def reports(count: int, *, first: int = 0) -> Iterator[Submission]:
    """Yield reports number ``first`` to ``first + count``; the same number is always the same report."""
    chance = random.Random(first)  # noqa: S311 - material, not a secret
    service = ServiceVersion(code="KBI-TRAJECT", version="1.0")
    categories = ("IDENTIFICATIE", "TRAJECT")
    users = [User(kind="local", value=f"u-{number}", group="consulent") for number in range(400)]
    for number in range(first, first + count):
        by_hand = number % 2 == 0
        token = f"{chance.getrandbits(128):032x}"
        yield Submission(
            message_reference=f"vdab-{number:09d}",
            started_at=_FIRST + number * _SPACING,
            ended_at=_FIRST + number * _SPACING + timedelta(milliseconds=180),
            asker=Asker(
                organisation="VDAB",
                application="Mijn loopbaan",
                user=users[number % 400] if by_hand else None,
            ),
            source="KBI",
            service=service,
            purpose="BEMIDDELING",
            legal_basis="VDAB-DECREET",
            route="MAGDA",
            direction="provided",
            outcome="succeeded",
            producer="KBI",
            producer_sequence=number,
            subjects=(Subject(kind="insz", value=synthetic_insz(chance.randrange(_PERSONS))),),
            dossier=f"D-{number % 30_000:06d}" if by_hand else None,
            categories_requested=categories,
            categories_delivered=categories,
            search_keys=("insz",),
            request_bytes=812,
            response_bytes=3120,
            record_count=1,
            trigger="manual" if by_hand else "automatic",
            chain=Chain(correlation_id=token, request_id=token[::-1], tracing_id=f"t-{token}"),
        )
