"""The page of the ledger's proof in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.facts import Fact
from compliance.console.presenters.proof_standing import PresentedStanding, present_standing
from compliance.console.presenters.proof_verification import PresentedVerification, present_verification
from compliance.console.presenters.proof_words import clock, groups, in_checkpoint
from compliance.ledger.tile_store.opened import name_of
from compliance.reporting.chart import Bar, Panel, ceiling_of, draw
from compliance.reporting.ledger_proof.alarms import stamps_are_late
from compliance.reporting.ledger_proof.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance.cases.models import Case
    from compliance.reporting.ledger_proof.growth import DayGrowth
    from compliance.reporting.ledger_proof.standing import LedgerStanding
    from compliance.reporting.ledger_proof.status import LedgerStatus
    from compliance.reporting.ledger_proof.witnesses import WitnessStatus

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Root:
    """The root that stands in the newest checkpoint, or else in the newest head."""

    heading: str
    groups: tuple[str, ...]
    hex: str
    in_checkpoint: str


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A witness."""

    name: str
    size: str
    moment: str
    standing: Badge


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """Leaves a day, as bars and as rows."""

    total: str
    period: str
    chart: SafeString
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PresentedLog:
    """All that is told of one log."""

    key: str
    name: str
    standing: PresentedStanding
    root: Root | None
    facts: tuple[Fact, ...]
    witnesses: tuple[WitnessRow, ...]
    no_witnesses: str
    growth: GrowthChart | None
    verification: PresentedVerification


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case; its title is the sentence that the verification found."""

    title: str
    moment: str


@dataclass(frozen=True, slots=True)
class PresentedProof:
    """What the template needs."""

    logs: tuple[PresentedLog, ...]
    cases: tuple[CaseRow, ...]


def present_proof(*, statuses: Iterable[LedgerStatus], cases: Iterable[Case]) -> PresentedProof:
    """Put the proof of the logs into words."""
    return PresentedProof(
        logs=tuple(_log(status) for status in statuses),
        cases=tuple(CaseRow(case.title, words.moment(case.opened_at)) for case in cases),
    )


def _log(status: LedgerStatus) -> PresentedLog:
    standing = present_standing(status.standing)
    return PresentedLog(
        key=standing.key,
        name=name_of(status.standing.log),
        standing=standing,
        root=_root(status.standing),
        facts=tuple(_facts(status)),
        witnesses=tuple(_witness(one, status.standing) for one in status.witnesses),
        no_witnesses=_no_witnesses(status.standing),
        growth=_growth(status.growth, standing.key),
        verification=present_verification(status),
    )


def _root(standing: LedgerStanding) -> Root | None:
    if standing.head is None:
        return None
    root, size = bytes(standing.head.root), standing.size
    if standing.checkpoint is not None:
        root, size = standing.checkpoint.root, standing.checkpoint.size
    heading = ngettext("Root over %(count)s record", "Root over %(count)s records", size)
    return Root(heading % {"count": words.figure(size)}, groups(root), root.hex(), in_checkpoint(root))


def _facts(status: LedgerStatus) -> Iterator[Fact]:
    standing = status.standing
    at = standing.at
    if standing.head is not None:
        yield Fact(_("Sealed"), _counted(standing.size, clock(standing.head.sealed_at, at=at)))
    if standing.checkpoint is not None:
        label = _("Confirmed") if standing.standing is Standing.PROVABLE else _("Signed")
        yield Fact(label, _counted(standing.checkpoint.size, clock(standing.checkpoint.signed_at, at=at)))
    yield Fact(_("Time stamp"), _stamp(status))
    yield Fact(_("Tiles outside the database"), _("yes") if settings.TILE_STORE else _("no place is configured"))
    yield Fact(_("Name of the log (origin)"), standing.origin, is_code=True)


def _counted(size: int, time: str) -> str:
    told = ngettext("%(count)s record, %(time)s", "%(count)s records, %(time)s", size)
    return told % {"count": words.figure(size), "time": time}


def _stamp(status: LedgerStatus) -> str:
    stamp = status.stamp
    if stamp is None:
        return _("none yet") if settings.TIMESTAMP_URL else _("no authority is configured")
    told = {"time": clock(stamp.stamped_at, at=status.standing.at), "authority": stamp.authority}
    if stamps_are_late(standing=status.standing, stamp=stamp):
        return _("%(time)s by %(authority)s. That is long ago: the authority does not answer.") % told
    return _("%(time)s by %(authority)s") % told


def _witness(witness: WitnessStatus, standing: LedgerStanding) -> WitnessRow:
    if witness.size is None or witness.cosigned_at is None:
        if not standing.signed_size:
            return WitnessRow(witness.name, "", "", Badge(_("nothing to confirm yet"), "open"))
        return WitnessRow(witness.name, "", _("never, or long ago"), Badge(_("silent"), "bad"))
    behind = standing.signed_size - witness.size
    told = ngettext("%(count)s record behind", "%(count)s records behind", behind) % {"count": words.figure(behind)}
    return WitnessRow(
        name=witness.name,
        size=words.figure(witness.size),
        moment=clock(witness.cosigned_at, at=standing.at),
        standing=Badge(told, "care") if behind > 0 else Badge(_("up to date"), "good"),
    )


def _no_witnesses(standing: LedgerStanding) -> str:
    if not standing.policy_is_readable:
        return _("The list of witnesses cannot be read. The operator finds its place in WITNESS_POLICY_FILE.")
    if standing.policy is None:
        return _("No witness is configured. A partner or an auditor can run one with nothing but Python.")
    return ""


def _growth(growth: Sequence[DayGrowth], key: str) -> GrowthChart | None:
    total = sum(day.leaves for day in growth)
    if not total:
        return None
    period = _("%(first)s to %(last)s") % {"first": words.day(growth[0].day), "last": words.day(growth[-1].day)}
    rows = tuple((words.day(day.day), words.figure(day.leaves)) for day in growth)
    bars = tuple(
        Bar(day.leaves, f"{label}: {figure}", str(day.day.day) if day.day.weekday() == MONDAY else "")
        for day, (label, figure) in zip(growth, rows, strict=True)
    )
    ceiling = ceiling_of([day.leaves for day in growth])
    panel = Panel(f"{key}-growth", _("Records sealed per day"), period, bars, ceiling, words.figure(ceiling))
    return GrowthChart(words.figure(total), period, SafeString(draw(panel)), rows[::-1])
