"""Verdicts a second on one core, over a thousand authorisations."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

QUESTIONS = 300_000
MICROSECONDS = 10**6


def run(report: Report, _made: Machine) -> None:
    """Judge random questions: 300 partners, 2 services, 3 sets of categories, any moment of ten years."""
    from compliance.authorisations.covers import Coverage  # noqa: PLC0415 - Django must be set up first
    from compliance.authorisations.judgement import Shape  # noqa: PLC0415
    from compliance.authorisations.terms import Conditions, Hours, Terms  # noqa: PLC0415

    chance = random.Random(1)  # noqa: S311 - material, not a secret
    decade = 10 * 365 * 86_400 * MICROSECONDS
    coverage = Coverage(
        Terms(
            authorisation=f"PROTOCOL-{number}",
            number=1,
            provider="KBI",
            recipients=frozenset({f"PARTNER-{number % 300}"}),
            services=frozenset({"TRAJECT", f"SERVICE-{number}"}),
            categories=frozenset({"IDENTIFICATION", "TRAJECTORY", "LEVEL"}),
            purposes=frozenset({"GUIDANCE"}),
            legal_bases=frozenset({"DECREE"}),
            routes=frozenset({"MAGDA"}),
            environments=frozenset({"production"}),
            valid_from=chance.randrange(decade),
            valid_until=None if number % 2 else decade,
            conditions=Conditions(hours=Hours(start="07:00", end="19:00")) if number % 10 == 0 else Conditions(),
        )
        for number in range(1_000)
    )
    categories = [("IDENTIFICATION",), ("IDENTIFICATION", "LEVEL"), ("IDENTIFICATION", "HEALTH")]
    questions = [
        (
            Shape(
                f"PARTNER-{chance.randrange(300)}",
                "KBI",
                chance.choice(["TRAJECT", "OTHER"]),
                "1.0",
                "GUIDANCE",
                "DECREE",
                chance.choice(categories),
                "MAGDA",
                "production",
            ),
            chance.randrange(decade),
        )
        for _ in range(QUESTIONS)
    ]
    began = time.perf_counter()
    for shape, at in questions:
        coverage.judge(shape, at=at)
    report("verdicts", QUESTIONS / (time.perf_counter() - began), "verdicts/s", None)
