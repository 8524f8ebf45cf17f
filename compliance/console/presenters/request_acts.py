"""What somebody can do with a request now: each act with its words and its form, and in one sentence what not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.begin_successor import may_succeed
from compliance.authorisations.requests.content import content_digest
from compliance.authorisations.requests.possible import Hindrance
from compliance.authorisations.requests.protocol import Protocol, from_text
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.console.presenters.request_tests import PresentedTests, present_tests
from compliance.console.request_acts import DESK_ACTS, SLUGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.requests.possible import Possible
    from compliance.console.door import Door
    from compliance.console.request_forms.fields import ActForm


@dataclass(frozen=True, slots=True)
class SignText:
    """Exactly what is signed."""

    protocol: Protocol
    digest: str


@dataclass(frozen=True, slots=True)
class ActView:
    """One act with its form."""

    slug: str
    heading: str
    meaning: str
    button: str
    address: str
    form: ActForm
    is_first: bool
    is_open: bool
    is_grave: bool
    text: SignText | None
    tests: PresentedTests | None


@dataclass(frozen=True, slots=True)
class Successor:
    """A request that can follow this one."""

    heading: str
    meaning: str
    button: str
    address: str


def present_acts(
    request: AuthorisationRequest,
    possible: Iterable[Possible],
    *,
    first: frozenset[RequestAct],
    seen: int,
    bound: ActForm | None,
    door: Door,
) -> tuple[ActView, ...]:
    """Return the acts that are possible: those that are waited for first, each with its form."""
    acts = [one.act for one in possible if one.hindrance is None and one.act in SLUGS]
    acts.sort(key=lambda act: (act not in first, list(SLUGS).index(act)))
    return tuple(_view(request, act, first, seen, bound, door) for act in acts)


def _view(
    request: AuthorisationRequest,
    act: RequestAct,
    first: frozenset[RequestAct],
    seen: int,
    bound: ActForm | None,
    door: Door,
) -> ActView:
    slug = SLUGS[act]
    heading, meaning, button = act_words(act, request)
    text = _text(request) if act is RequestAct.SIGN else None
    initial = {
        "seen": seen,
        "read": content_digest(request.said),
        "protocol_digest": text.digest if text else "",
    }
    form_class = DESK_ACTS[slug].form
    is_bound = bound is not None and type(bound) is form_class and bound.auto_id == f"{slug}-%s"
    form = bound if bound is not None and is_bound else form_class(initial=initial, auto_id=f"{slug}-%s")
    if form is not bound:
        form.offer(request)
    return ActView(
        slug=slug,
        heading=heading,
        meaning=meaning,
        button=button,
        address=door.address("request-act", request.code, slug),
        form=form,
        is_first=act in first,
        is_open=is_bound,
        is_grave=act in {RequestAct.SUSPEND, RequestAct.WITHDRAW},
        text=text,
        tests=present_tests(request) if act is RequestAct.GO_LIVE else None,
    )


def _text(request: AuthorisationRequest) -> SignText:
    kept = text_to_sign(request)
    return SignText(from_text(kept.protocol), kept.protocol_digest)


def act_words(act: RequestAct, request: AuthorisationRequest) -> tuple[str, str, str]:
    """Return what an act is called, what it does, and what its button says."""
    granted = request.state not in {RequestState.DRAFT, RequestState.RETURNED} and request.granted_id is not None
    return {
        RequestAct.ADVISE: (
            _("Give your advice"),
            _("It is about the text as it stands now. When something material changes, your advice is asked again."),
            _("Give this advice"),
        ),
        RequestAct.DECIDE: (
            _("Decide"),
            _("What you grant can be tried in acceptance at once. Production waits for signatures and publication."),
            _("Decide"),
        ),
        RequestAct.RECORD_EXTERNAL: (
            _("Record what the committee answered"),
            _("Copy its opinion and its words, and say where its document can be found."),
            _("Record this advice"),
        ),
        RequestAct.SIGN: (
            _("Sign the protocol"),
            _("Two persons of each party sign. When both parties have, the protocol is concluded."),
            _("Sign"),
        ),
        RequestAct.PUBLISH: (
            _("Publish the protocol"),
            _("It then stands in the public register, as the e-government decree asks (article 8)."),
            _("Publish"),
        ),
        RequestAct.START_TEST: (
            _("Open the tests"),
            _("The partner then shows in the acceptance environment that its exchanges are right."),
            _("Open the tests"),
        ),
        RequestAct.GO_LIVE: (
            _("Put into production"),
            _("From then on exchanges in production are covered, as far as the text goes."),
            _("Put into production …"),
        ),
        RequestAct.SUSPEND: (
            _("Suspend"),
            _("Every exchange under it is then marked as not covered, until you let it go on."),
            _("Suspend …"),
        ),
        RequestAct.RESUME: (
            _("Let it go on"),
            _("Exchanges under it are covered again from that moment on."),
            _("Let it go on"),
        ),
        RequestAct.RETURN: (
            _("Return with questions"),
            _("The requester can change the request and submit it again. Advice stands when nothing material changes."),
            _("Return it"),
        ),
        RequestAct.ASK_EXTERNAL: (
            _("Ask a committee for advice"),
            _("Where the law asks for it, or where you are not sure. The decision waits for the answer."),
            _("Ask for advice"),
        ),
        RequestAct.WITHDRAW: (
            _("Withdraw for good"),
            _("What was granted then allows nothing any more.") if granted else _("Nobody has to look at it any more."),
            _("Withdraw …"),
        ),
    }[act]


def present_hindrances(possible: Iterable[Possible]) -> tuple[str, ...]:
    """Say in one sentence each what somebody else has to do, or what cannot be done yet."""
    told = {
        Hindrance.ASKED: _("You made this request, so somebody else decides."),
        Hindrance.ADVISED: _("You advised on this request, so somebody else decides."),
        Hindrance.SIGNED: _("You signed. A second person of your organisation signs too."),
        Hindrance.SIDE_SIGNED: _("Two persons of your organisation signed. Now it waits for the other party."),
        Hindrance.WITHDRAWN: _("The authorisation was withdrawn meanwhile, so this cannot go into production."),
        Hindrance.SUSPENDED: _(
            "The authorisation that this replaces is suspended. An officer lets it go on first; then this can go into "
            "production."
        ),
    }
    return tuple(told[one.hindrance] for one in possible if one.hindrance is not None)


def present_successors(request: AuthorisationRequest, account: Account, door: Door) -> tuple[Successor, ...]:
    """Offer to ask for more, less or longer, to whom may."""
    if not may_succeed(request, account):
        return ()
    return (
        Successor(
            _("Renew"),
            _("For when the term ends. A draft begins with everything that is allowed now."),
            _("Begin a renewal"),
            door.address("request-successor", request.code, "renew"),
        ),
        Successor(
            _("Amend"),
            _("To ask for more, or for less. What stands keeps standing until the amendment is in production."),
            _("Begin an amendment"),
            door.address("request-successor", request.code, "amend"),
        ),
    )
