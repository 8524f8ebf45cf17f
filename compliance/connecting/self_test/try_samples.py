"""Try samples: what would be answered if they were reported. Nothing is recorded, and nothing of a sample is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from compliance.authorisations.snapshot import current_snapshot, usage_of
from compliance.connecting.self_test.codes import codes_for, unknown_codes
from compliance.connecting.self_test.hints import Hint, HintKind, gaps_in, hints_on, hints_on_errors
from compliance.connecting.self_test.remedies import remedies
from compliance.connecting.self_test.samples import read_sample
from compliance.connecting.self_test.tried import Tried
from compliance.exchanges.check import problems
from compliance.exchanges.prepare import key
from compliance.exchanges.shape import shape_of, user_group_of
from compliance.kernel.errors import FieldError
from compliance.registry.models import Organisation
from compliance.registry.vocabulary import OrganisationKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from compliance.authorisations.judgement import Judgement
    from compliance.connecting.self_test.tester import Tester
    from compliance.exchanges.prepare import Keyed
    from compliance.exchanges.submission import Submission

_NOT_YOURS = "This is an exchange of an organisation for which you do not act. Name one that gave you a mandate."


def partner_of(report: Submission) -> str:
    """Return the party of a report that is not the crossroads bank."""
    asker = report.asker
    return (asker.on_behalf_of or asker.organisation) if report.direction == "provided" else report.source


def try_samples(*, parts: Sequence[bytes], tester: Tester, at: datetime) -> tuple[list[Tried], list[Submission | None]]:
    """Return what was found of each sample, and the report where it could be read. Eight queries, none writes."""
    read = [read_sample(part) for part in parts]
    trial = _Trial(tester, at)
    found = [trial.try_one(position, report, errors) for position, (report, errors) in enumerate(read)]
    reports = [report for report, _errors in read]
    for position in gaps_in(reports, organisation=tester.organisation):
        found[position] = _with(found[position], Hint(HintKind.SEQUENCE_GAP, "/producer_sequence"))
    return list(trial.together(found, reports)), reports


def _with(tried: Tried, hint: Hint) -> Tried:
    return replace(tried, hints=(*tried.hints, hint))


class _Trial:
    """What all samples of one self-test are tried against."""

    def __init__(self, tester: Tester, at: datetime) -> None:
        """Read the register once."""
        self._tester, self._at = tester, at
        self._snapshot = current_snapshot()
        self._usage = usage_of(self._snapshot)
        self._codes = codes_for(tester, organisations=self._snapshot.organisations)
        vendors = Organisation.objects.filter(kind=OrganisationKind.VENDOR)
        self._vendors = frozenset(vendors.values_list("code", flat=True))
        self._keyed: dict[int, Keyed] = {}

    def try_one(self, position: int, report: Submission | None, errors: tuple[FieldError, ...]) -> Tried:
        """Try one sample by itself."""
        if report is None:
            return Tried(position=position, errors=errors, hints=tuple(hints_on_errors(errors)))
        partner = partner_of(report)
        if partner not in self._tester.acts_for:
            refused = FieldError(_partner_pointer(report), _NOT_YOURS, "not-yours")
            unknown = tuple(unknown_codes(report, self._codes))
            return Tried(position=position, reference=report.message_reference, errors=(refused,), unknown=unknown)
        reporter = self._tester.reporter
        errors = tuple(problems(report, snapshot=self._snapshot, reporter=reporter, now=self._at))
        keyed = key(report, producer=self._tester.organisation)
        judgement = None if errors else self._judge(keyed)
        if not errors:
            self._keyed[position] = keyed
        return Tried(
            position=position,
            reference=report.message_reference,
            partner=partner,
            id=None if errors else UUID(bytes=keyed.id),
            errors=errors,
            unknown=tuple(unknown_codes(report, self._codes)),
            judgement=judgement,
            remedies=() if judgement is None else tuple(remedies(judgement, self._snapshot.terms)),
            hints=(*hints_on(report, vendors=self._vendors), *hints_on_errors(errors)),
        )

    def together(self, found: Sequence[Tried], reports: Sequence[Submission | None]) -> Iterator[Tried]:
        """Yield the samples with what they are to each other: sent again, in conflict, or a correction of nothing."""
        first: dict[bytes, int] = {}
        numbers = {str(one.id) for one in found if one.id is not None}
        for tried, report in zip(found, reports, strict=True):
            keyed = self._keyed.get(tried.position)
            if keyed is None or report is None:
                yield tried
                continue
            before = first.setdefault(keyed.id, tried.position)
            told = tried
            if before != tried.position and self._keyed[before].fingerprint == keyed.fingerprint:
                told = replace(tried, same_as=before)
            elif before != tried.position:
                told = _with(tried, Hint(HintKind.CONFLICT, "/message_reference"))
            if report.corrects is not None and report.corrects not in numbers - {str(tried.id)}:
                told = _with(told, Hint(HintKind.CORRECTS, "/corrects"))
            yield told

    def _judge(self, keyed: Keyed) -> Judgement:
        report = keyed.report
        user = report.asker.user
        return self._snapshot.coverage.judge(
            shape_of(report),
            at=keyed.at,
            user_group=user_group_of(group=None if user is None else user.group, trigger=report.trigger),
            usage=self._usage if report.environment == "production" else None,
        )


def _partner_pointer(report: Submission) -> str:
    if report.direction != "provided":
        return "/source"
    return "/asker/organisation" if report.asker.on_behalf_of is None else "/asker/on_behalf_of"
