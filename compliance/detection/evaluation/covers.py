"""The authorisations of the evaluation: those of the register's fixture, and those that the simulation needs beside."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.authorisations.terms import Ceiling, Conditions, Terms
from compliance.detection.detectors.baseline import Cover
from compliance.kernel.clock import BRUSSELS, from_microseconds, microseconds
from compliance.simulation.days import days
from compliance.simulation.misuse.ordinary import NEWCOMER
from compliance.simulation.partners import OCMW_GENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from compliance.simulation.misuse.ground import Trial


def terms_of(trials: Iterable[Trial]) -> tuple[Terms, ...]:
    """Return every version of every authorisation, without a database."""
    text = files("compliance.authorisations").joinpath("fixture", "authorisations.toml").read_text(encoding="utf-8")
    fixed = [
        _terms(row, number, version)
        for row in tomllib.loads(text)["authorisation"]
        for number, version in enumerate(row["version"], start=1)
    ]
    joined = [
        replace(version, authorisation=f"{version.authorisation}-A", recipients=frozenset({NEWCOMER.partner}))
        for version in fixed
        if OCMW_GENT.partner in version.recipients
    ]
    return (*fixed, *joined, *(_trial(trial) for trial in trials))


def covers_of(terms: Iterable[Terms], *, at: datetime, used: Mapping[tuple[str, str], int]) -> tuple[Cover, ...]:
    """Return what the register says of the authorisations in force at a moment, or that ended in the month before."""
    moment, month = microseconds(at), 31 * 24 * 3_600 * 1_000_000
    return tuple(
        Cover(
            authorisation=version.reference,
            partner=recipient,
            ends=None if ends is None else from_microseconds(ends),
            services=version.services,
            ceilings=tuple((ceiling.period, ceiling.count) for ceiling in version.conditions.ceilings),
            used={
                ceiling.period: used.get((version.reference, ceiling.period), 0)
                for ceiling in version.conditions.ceilings
            },
        )
        for version in terms
        for recipient in sorted(version.recipients)
        if version.valid_from <= moment and ((ends := _end(version)) is None or ends > moment - month)
    )


def _end(version: Terms) -> int | None:
    known = [end for end in (version.valid_until, version.withdrawn_from) if end is not None]
    return min(known, default=None)


def _terms(row: Mapping[str, Any], number: int, version: Mapping[str, Any]) -> Terms:
    until = version.get("valid_until")
    return Terms(
        authorisation=row["code"],
        number=number,
        provider=version["provider"],
        recipients=frozenset(version["recipients"]),
        services=frozenset(version["services"]),
        categories=frozenset(version["categories"]),
        purposes=frozenset(version["purposes"]),
        legal_bases=frozenset(version["legal_bases"]),
        routes=frozenset(version["routes"]),
        environments=frozenset(version["environments"]),
        valid_from=_midnight(version["valid_from"]),
        valid_until=None if until is None else _midnight(until),
        withdrawn_from=_midnight(row["withdrawn_from"]) if "withdrawn_from" in row else None,
        conditions=msgspec.convert(version.get("conditions", {}), Conditions),
    )


def _trial(trial: Trial) -> Terms:
    ceilings = () if trial.ceiling is None else (Ceiling(count=trial.ceiling, period="day"),)
    return Terms(
        authorisation=trial.code,
        number=1,
        provider="KBI",
        recipients=frozenset({trial.partner}),
        services=frozenset({f"KBI-TRAJECT/{trial.version}"}),
        categories=_union("categories"),
        purposes=frozenset({trial.purpose}),
        legal_bases=_union("legal_bases"),
        routes=frozenset({"MAGDA"}),
        environments=frozenset({"production"}),
        valid_from=days()[trial.begins].start * 1_000,
        valid_until=None if trial.ends is None else days()[trial.ends].start * 1_000,
        conditions=Conditions(ceilings=ceilings),
    )


def _union(name: str) -> frozenset[str]:
    text = files("compliance.authorisations").joinpath("fixture", "authorisations.toml").read_text(encoding="utf-8")
    return frozenset(
        code for row in tomllib.loads(text)["authorisation"] for version in row["version"] for code in version[name]
    )


def _midnight(day: date) -> int:
    return microseconds(datetime.combine(day, time(), BRUSSELS).astimezone(UTC))
