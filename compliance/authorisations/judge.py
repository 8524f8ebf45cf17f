"""Judge exchanges one after the other, so that each is a use that the next one's ceilings know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.terms import period_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.covers import Coverage
    from compliance.authorisations.judgement import Judgement, Shape
    from compliance.authorisations.terms import Terms
    from compliance.authorisations.usage import Usage

PRODUCTION = "production"


class Judge:
    """Gives verdicts by one set of authorisations, and counts the uses of those that set a ceiling."""

    def __init__(self, *, coverage: Coverage, terms: Iterable[Terms], usage: Usage) -> None:
        """Take the authorisations (``terms``, also made ready as ``coverage``), and the uses counted so far."""
        self._coverage = coverage
        self._usage = usage
        self._limited = {version.reference: version for version in terms if version.conditions.ceilings}

    def judge(self, shape: Shape, *, at: int, user_group: str | None) -> Judgement:
        """Give the verdict on an exchange at a moment (microseconds since 1970), as :meth:`Coverage.judge` does."""
        if shape.environment != PRODUCTION:  # neither held against a ceiling nor counted towards one
            return self._coverage.judge(shape, at=at, user_group=user_group)
        judgement = self._coverage.judge(shape, at=at, user_group=user_group, usage=self._usage)
        version = self._limited.get(judgement.authorisation)
        if version is not None:
            for ceiling in version.conditions.ceilings:
                start = period_start(at=at, period=ceiling.period)
                self._usage.add(version.authorisation, ceiling.period, start)
        return judgement
