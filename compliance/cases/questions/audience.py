"""Groups of people around a question."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.notices.audience import people_who

if TYPE_CHECKING:
    from compliance.cases.questions.models import PartnerQuestion


class Audience(StrEnum):
    """Whom something is for."""

    DPOS = "who may answer for the partner"
    DRAFTER = "the colleague who drafts"
    OFFICERS = "who asked, or everyone who decides where that person left"
    ADMINISTRATORS = "who keeps the partner's people"


def people_around(question: PartnerQuestion, *audiences: Audience) -> list[Account]:
    """Return the people of these groups, each once."""
    return list({person.pk: person for audience in audiences for person in _people(question, audience)}.values())


def _people(question: PartnerQuestion, audience: Audience) -> list[Account]:
    match audience:
        case Audience.DPOS:
            return list(people_who(Capability.ANSWER_QUESTIONS, organisation=question.organisation.code))
        case Audience.DRAFTER:
            return [question.drafter] if question.drafter else []
        case Audience.OFFICERS:
            asker = question.asked_by
            return [asker] if asker.may(Capability.DECIDE_CASES) else list(people_who(Capability.DECIDE_CASES))
        case Audience.ADMINISTRATORS:
            keepers = Account.objects.filter(is_active=True, administers=True, organisation=question.organisation_id)
            return list(keepers)
        case _:
            assert_never(audience)
