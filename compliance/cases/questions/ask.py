"""Ask a partner's data protection officer why exchanges were done."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.questions.case_follows import case_waits
from compliance.cases.questions.models import PartnerQuestion, QuestionExchange
from compliance.cases.questions.move import NotNowError, step
from compliance.cases.questions.parties import question_for
from compliance.cases.questions.said import stated
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import QuestionAct, QuestionState
from compliance.exchanges.models import Exchange
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.notices.audience import people_who
from compliance.registry.models import Organisation
from compliance.registry.terms import end_of_term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.cases.models import Case

MOST = 50
LONGEST_TERM = 60
"""Working days: a partner that needs more is asked anew."""


@transaction.atomic
def ask(
    *,
    account: Account,
    exchanges: Sequence[UUID],
    text: str,
    urgent: bool = False,
    days: int | None = None,
    case: Case | None = None,
    follows: PartnerQuestion | None = None,
) -> PartnerQuestion:
    """Ask about exchanges of one partner, and tell its data protection officer. One transaction.

    ``days`` are working days; without, those of the settings. ``follows`` is a question that was answered, of whose
    exchanges this one asks on. Raises :class:`InvalidInputError` that names the field, :class:`ForbiddenError`, and
    :class:`NotNowError` for a question to ask on of that is still open.
    """
    if not account.may(Capability.DECIDE_CASES):
        raise ForbiddenError
    if follows is not None and question_for(account, follows.code).state != QuestionState.ANSWERED:
        raise NotNowError
    chosen = list(dict.fromkeys(exchanges))
    organisation = _organisation_of(chosen)
    said, term, at = stated(text, field="text"), _term(days, urgent=urgent), now()
    number = _next_number()
    question = PartnerQuestion(
        id=number,
        code=f"VRAAG-{at.astimezone(BRUSSELS):%Y}-{number:04}",
        organisation=organisation,
        case=case or (follows.case if follows else None),
        follows=follows,
        text=said,
        urgent=urgent,
        state_since=at,
        asked_by=account,
        asked_at=at,
        due_at=end_of_term(at, term),
    )
    question.save(force_insert=True)
    QuestionExchange.objects.bulk_create(
        QuestionExchange(question=question, position=position, exchange=exchange)
        for position, exchange in enumerate(chosen, 1)
    )
    made = step(
        question,
        act=QuestionAct.ASK,
        actor=account.actor,
        at=at,
        details={
            "case": question.case.code if question.case else "",
            "follows": follows.code if follows else "",
            "text_sha256": sha256(said.encode()).hexdigest(),
            "exchanges": " ".join(str(one) for one in chosen),
        },
    )
    tell_of_step(made)
    case_waits(question, account=account, at=at)
    return question


def _organisation_of(chosen: Sequence[UUID]) -> Organisation:
    """Return the one partner of the exchanges. Raises :class:`InvalidInputError`."""
    if not 1 <= len(chosen) <= MOST:
        raise _wrong(_("Choose between 1 and %(most)s exchanges.") % {"most": MOST}, code="count")
    found = dict(Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=chosen).values_list("id", "partner"))
    if len(found) != len(chosen):
        raise _wrong(_("Choose exchanges that are on record: one of these is not."), code="unknown")
    partners = set(found.values())
    organisation = Organisation.objects.filter(code__in=partners).first() if len(partners) == 1 else None
    if organisation is None:
        raise _wrong(_("Choose exchanges of one partner: each partner reads its own alone."), code="partners")
    if not people_who(Capability.ANSWER_QUESTIONS, organisation=organisation.code).exists():
        told = _("Nobody at %(partner)s can answer here. Ask its administrator to invite a data protection officer.")
        raise _wrong(told % {"partner": organisation.code}, code="nobody-to-ask")
    return organisation


def _term(days: int | None, *, urgent: bool) -> int:
    if days is None:
        return settings.QUESTION_URGENT_WORKING_DAYS if urgent else settings.QUESTION_WORKING_DAYS
    if not 1 <= days <= LONGEST_TERM:
        raise _wrong(_("Give between 1 and %(most)s working days.") % {"most": LONGEST_TERM}, field="days", code="term")
    return days


def _wrong(detail: str, *, code: str, field: str = "exchanges") -> InvalidInputError:
    return InvalidInputError(errors=(FieldError(f"/{field}", detail, code),))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [PartnerQuestion._meta.db_table])
        return int(cursor.fetchone()[0])
