"""What a self-test found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.authorisations.judgement import Judgement
    from compliance.connecting.checklist import CheckState
    from compliance.connecting.self_test.codes import UnknownCode
    from compliance.connecting.self_test.hints import Hint
    from compliance.connecting.self_test.remedies import Remedy
    from compliance.kernel.errors import FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One sample: unreadable or refused with its errors, or the verdict that it would have got.

    ``id`` is the number that the record would have; ``same_as`` the position of an equal sample before it.
    """

    position: int
    reference: str = ""
    partner: str = ""
    id: UUID | None = None
    errors: tuple[FieldError, ...] = ()
    unknown: tuple[UnknownCode, ...] = ()
    judgement: Judgement | None = None
    remedies: tuple[Remedy, ...] = ()
    hints: tuple[Hint, ...] = ()
    same_as: int | None = None

    @property
    def is_good(self) -> bool:
        """Whether it would have been recorded."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class PartnerChecks:
    """How far a partner's system has come with its checks."""

    organisation: str
    checks: tuple[CheckState, ...]


@dataclass(frozen=True, slots=True)
class SelfTested:
    """What was found of every sample, in order, and the checks of each partner that was tried."""

    samples: tuple[Tried, ...]
    partners: tuple[PartnerChecks, ...]
