"""One case at the desk. Reading it moves nothing; that somebody read it is recorded."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.move import case_for
from compliance.console.cases.acts import CASE_ACTS
from compliance.console.cases.day_of import evidence_of
from compliance.console.cases.forms import UnmaskForm
from compliance.console.cases.pictures import pictures_of
from compliance.console.cases.similar import similar_to
from compliance.console.instruments import Standing, instruments
from compliance.console.page import page
from compliance.console.presenters.cases.evidence import MOST, offered
from compliance.console.presenters.cases.story import Gathered, present_case
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.exchanges.models import Exchange
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.console.cases.forms import CaseForm
    from compliance.console.door import Door
    from compliance.console.instruments import Instrument
    from compliance.console.presenters.identity import PresentedIdentity

STANDING_NOW = frozenset({Standing.IN_FORCE, Standing.ENDING, Standing.SUSPENDED})


def show_case(request: HttpRequest, *, code: str, door: Door) -> HttpResponse:
    """Record the look, and show the case. Raises :class:`NotFoundError` when it is not visible."""
    account = reader_of(request)
    case = case_for(account, code)
    record_act(actor=account.actor, kind=ActKind.CASE_READ, object_id=case.uid)
    return tell_case(request, case, door=door)


def exchanges_of(evidence: Sequence[UUID]) -> list[Exchange]:
    """Return exchanges in the order of their identifiers in the evidence."""
    found = {one.id: one for one in Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=evidence)}
    return [found[identifier] for identifier in evidence if identifier in found]


def tell_case(
    request: HttpRequest,
    case: Case,
    *,
    door: Door,
    bound: CaseForm | None = None,
    slug: str = "",
    refused: str = "",
    unmasking: UnmaskForm | None = None,
    identities: Sequence[tuple[str, str, PresentedIdentity]] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show a case as it stands, with the form that came back, or with what was unmasked."""
    account, names, at = reader_of(request), Names(), now()
    evidence = evidence_of(case)
    gathered = Gathered(
        exchanges=exchanges_of(evidence[:MOST]),
        evidence=max([len(evidence), *(one.exchanges for one in case.findings.all())]),
        pictures=pictures_of(case, at=at, names=names),
        similar=similar_to(case, account),
        partner=Organisation.objects.filter(code=case.partner).first() if case.partner else None,
        instruments=_standing(case) if case.partner else [],
        has_breach=case.breaches.exists(),
    )
    story = present_case(case, account, gathered, names, at=at, door=door, bound=bound, bound_slug=slug)
    form = unmasking or UnmaskForm(offered=offered(story.evidence, evidence), code=case.code)
    return page(
        request,
        "pages/case.html",
        status=status,
        story=story,
        unmask=form,
        identities=identities,
        refused=refused,
        lacks=f"#act-{slug}" if bound is not None and bound.errors else "#identity" if unmasking else "",
        done=_done(request.GET.get("done", ""), case, account),
        shortcuts=shortcuts(),
    )


def _standing(case: Case) -> list[Instrument]:
    """Return the authorisations that stood for the partner when it began."""
    then = instruments(at=case.begins or case.opened_at, party=case.partner)
    return [one for one in then if one.standing in STANDING_NOW]


def shortcuts() -> tuple[tuple[str, str], ...]:
    """Return what one letter does on the page of a case."""
    return (
        ("a", _("assign the case to yourself")),
        ("d", _("decide")),
        ("q", _("ask the partner")),
        ("n", _("write a note")),
    )


def _done(slug: str, case: Case, account: Account) -> str:
    """Say what was done, when it is the newest thing that happened and this person did it."""
    newest = max(case.events.all(), key=lambda one: one.pk, default=None)
    act = CASE_ACTS.get(slug)
    if newest is None or act is None or newest.by != account.username:
        return ""
    return {
        "decide": _("Your decision was recorded."),
        "confirm": _("You confirmed the decision. It holds from now on."),
        "refuse": _("The case is in review again, with your reason."),
        "assign": _("The case is yours."),
        "hand-over": _("The case was handed over."),
        "release": _("The case is free for others again."),
        "note": _("Your note was kept."),
        "reopen": _("The case is open again, and in your hands."),
    }.get(slug, "")
