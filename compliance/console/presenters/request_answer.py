"""What somebody is told after an act: that it was done, that it was not, or what will happen when they go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from compliance.authorisations.requests.vocabulary import RequestAct
from compliance.console.presenters.request_words import partner_of, title_of_request
from compliance.console.request_forms.fields import Words

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.console.request_acts import DeskAct
    from compliance.console.request_forms.fields import ActForm
    from compliance.kernel.errors import ComplianceError


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act was not done, and what the person wrote, to take along."""

    told: str
    written: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An act that is asked once more: what it is, what will happen, and what was filled in."""

    title: str
    over: str
    back: str
    heading: str
    consequences: tuple[str, ...]
    written: tuple[tuple[str, str], ...]
    address: str
    button: str
    kept: tuple[tuple[str, str], ...]


def present_done(request: AuthorisationRequest, act: RequestAct, who: str) -> str:
    """Say what was done, when it is the newest thing that this person did; a made-up address says nothing."""
    own = [one for one in request.requestevents.all() if one.by == who]
    if not own or max(own, key=lambda one: one.pk).act != act:
        return ""
    return {
        RequestAct.ADVISE: _("Your advice was recorded."),
        RequestAct.DECIDE: _("Your decision was recorded."),
        RequestAct.RECORD_EXTERNAL: _("The committee's advice was recorded."),
        RequestAct.SIGN: _("You signed. Your signature is an entry of the ledger."),
        RequestAct.PUBLISH: _("The protocol stands in the public register."),
        RequestAct.START_TEST: _("The tests are open."),
        RequestAct.GO_LIVE: _("It is in production."),
        RequestAct.SUSPEND: _("It is suspended: every exchange under it is marked from now on."),
        RequestAct.RESUME: _("It goes on."),
        RequestAct.RETURN: _("The request went back to the requester, with your questions."),
        RequestAct.ASK_EXTERNAL: _("The request now waits for the committee."),
        RequestAct.WITHDRAW: _("It is withdrawn."),
    }.get(act, "")


def present_refusal(error: ComplianceError, form: ActForm, *, still_offered: bool) -> Refusal:
    """Say why it was not done; words that have no form any more are shown, so that nothing is lost."""
    told = {
        "request-not-in-that-state": _(
            "This cannot be done any more: the request moved while you had it before you. Below is how it stands now."
        ),
        "request-text-changed": _(
            "The text changed after you opened this page. Read what changed; your words still stand in the form."
        ),
        "four-eyes": _("Somebody else has to do this: you had a part in it."),
        "already-suspended": _("It is suspended already, in the register."),
        "not-suspended": _("It is not suspended any more: that was lifted in the register."),
        "already-withdrawn": _("It was withdrawn already, in the register."),
    }.get(error.problem_type, _("This was not done. Below is how the request stands now."))
    return Refusal(told, () if still_offered else _written(form))


def present_question(
    request: AuthorisationRequest, act: DeskAct, form: ActForm, *, names: Names, door: Door
) -> Question:
    """Ask once more, with what will happen."""
    sent = form.data.lists() if isinstance(form.data, QueryDict) else ()
    kept = [(name, str(value)) for name, values in sent for value in values]
    heading, consequences, button = _question(act.act, partner_of(request, names), granted=request.granted is not None)
    return Question(
        title=title_of_request(request),
        over=request.code,
        back=door.address("request", request.code),
        heading=heading,
        consequences=consequences,
        written=_written(form),
        address=door.address("request-act", request.code, act.slug),
        button=button,
        kept=tuple((name, value) for name, value in kept if name not in {"csrfmiddlewaretoken", "step"}),
    )


def _question(act: RequestAct, partner: str, *, granted: bool) -> tuple[str, tuple[str, ...], str]:
    kept = _("Your reasons are kept for ever, with your name, in the ledger.")
    told = {"partner": partner}
    match act:
        case RequestAct.DECIDE:
            return (
                _("Refuse this request?"),
                (
                    _("%(partner)s gets no access, and reads your reasons.") % told,
                    _("A refusal is not taken back. %(partner)s can only begin a new request.") % told,
                    kept,
                ),
                _("Refuse"),
            )
        case RequestAct.GO_LIVE:
            return (
                _("Put this into production?"),
                (
                    _("Exchanges of %(partner)s in production are covered from now on, or from the day in the text.")
                    % told,
                    _("When it amends or renews something, that is replaced in the same moment."),
                    kept,
                ),
                _("Put into production"),
            )
        case RequestAct.SUSPEND:
            return (
                _("Suspend this authorisation?"),
                (
                    _("From now on no exchange of %(partner)s under it is covered, until an officer lets it go on.")
                    % told,
                    _("Systems that ask before an exchange hear at once that they may not."),
                    kept,
                ),
                _("Suspend"),
            )
        case _ if granted:
            return (
                _("Withdraw this authorisation for good?"),
                (
                    _("From this moment on no exchange of %(partner)s under it is covered.") % told,
                    _("This cannot be taken back. A new request is needed to begin again."),
                    kept,
                ),
                _("Withdraw for good"),
            )
        case _:
            return (
                _("Withdraw this request for good?"),
                (
                    _("Nobody looks at it any more. What was written stays readable, and cannot be taken up again."),
                    kept,
                ),
                _("Withdraw for good"),
            )


def _written(form: ActForm) -> tuple[tuple[str, str], ...]:
    """Return what somebody wrote, with the labels of the form."""
    fields = (field for field in form.visible_fields() if isinstance(field.field, Words))
    return tuple((str(field.label), str(field.data)) for field in fields if field.data)
