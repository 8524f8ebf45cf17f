"""One request: who asks what, how it stands, whose turn it is, and all that was said and done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.access.roles import Capability
from compliance.authorisations.requests.awaited import awaited
from compliance.authorisations.requests.content import material_digest, read
from compliance.authorisations.requests.deadlines import spans
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.possible import possible_acts
from compliance.authorisations.requests.protocol import Protocol, from_text
from compliance.authorisations.requests.states import ADVISABLE, EDITABLE
from compliance.authorisations.requests.vocabulary import Needed, Party, RequestAct, RequestKind, Section
from compliance.console.presenters import words
from compliance.console.presenters.exchange_sentences import tell
from compliance.console.presenters.request_acts import (
    ActView,
    Successor,
    present_acts,
    present_hindrances,
    present_successors,
)
from compliance.console.presenters.request_attachments import Attachments, present_attachments
from compliance.console.presenters.request_content import present_content
from compliance.console.presenters.request_difference import ChangedFact, present_changes
from compliance.console.presenters.request_queue import present_due
from compliance.console.presenters.request_record import (
    HistoryLine,
    PresentedAdvice,
    PresentedDecision,
    SignedSide,
    present_advices,
    present_decision,
    present_history,
    present_signatures,
)
from compliance.console.presenters.request_thread import Thread, present_threads
from compliance.console.presenters.request_way import WayStep, present_way
from compliance.console.presenters.request_words import (
    awaited_words,
    present_state,
    since_words,
    title_of_request,
)
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from compliance.access.models import Account
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.facts import Fact
    from compliance.console.presenters.names import Names
    from compliance.console.request_forms.fields import ActForm
    from compliance.console.request_forms.message import MessageForm


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section: what it says, what changed in it since the newest advice, and its thread."""

    key: str
    heading: str
    facts: tuple[Fact, ...]
    changes: tuple[ChangedFact, ...]
    thread: Thread


@dataclass(frozen=True, slots=True)
class RequestStory:
    """What the template of a request needs."""

    code: str
    title: str
    kind: str
    back: str
    message_address: str
    state: Badge
    since: str
    due: Badge | None
    sentences: tuple[SafeString, ...]
    way: tuple[WayStep, ...]
    waits: tuple[str, ...]
    is_mine: bool
    acts: tuple[ActView, ...]
    others: tuple[ActView, ...]
    successors: tuple[Successor, ...]
    hindrances: tuple[str, ...]
    continues: str
    what_if: str
    granted: str
    granted_address: str
    advices: tuple[PresentedAdvice, ...]
    decision: PresentedDecision | None
    signatures: tuple[SignedSide, ...]
    attachments: Attachments
    pdf: str
    changed_since: str
    sections: tuple[SectionView, ...]
    whole: Thread
    questions: str
    text: Protocol | None
    digest: str
    history: tuple[HistoryLine, ...]

    @property
    def changed_sections(self) -> tuple[SectionView, ...]:
        """Those that say something else than when the newest advice was given."""
        return tuple(section for section in self.sections if section.changes)


def present_request(
    request: AuthorisationRequest,
    account: Account,
    names: Names,
    *,
    door: Door,
    bound: ActForm | None = None,
    bound_message: MessageForm | None = None,
) -> RequestStory:
    """Gather the page of a request that was read with its steps. Some ten queries more."""
    content, parties = request.said, parties_of(account, request)
    events = sorted(request.requestevents.all(), key=lambda one: one.pk)
    advices = list(request.requestadvices.all())
    waiting = awaited(request)
    possible = possible_acts(request, account)
    mine = frozenset(one.act for one in waiting if one.by & parties and account.username not in one.but_not)
    acts = present_acts(request, possible, first=mine, seen=events[-1].pk, bound=bound, door=door)
    threads = present_threads(list(request.requestmessages.all()), names, takes_part=bool(parties), bound=bound_message)
    changes, since = _changes(request, content, names)
    facts = present_content(content, names)
    questions = sum(thread.questions for thread in threads.values())
    kept = _kept(request, events)
    term = spans([request]).get(request.pk)
    return RequestStory(
        code=request.code,
        title=title_of_request(request),
        kind=words.sentence(str(RequestKind(request.kind).label)),
        back=door.address("requests"),
        message_address=door.address("request-message", request.code),
        state=present_state(request),
        since=since_words(request),
        due=present_due(term, now()) if term else None,
        sentences=tuple(_sentences(request, content, names)),
        way=present_way(request, events),
        waits=tuple(awaited_words(one, request, names) for one in waiting if one.act not in mine),
        is_mine=bool(mine),
        acts=tuple(act for act in acts if act.is_first),
        others=tuple(act for act in acts if not act.is_first),
        successors=present_successors(request, account, door),
        hindrances=present_hindrances(possible),
        continues=door.address("request-review", request.code) if RequestAct.SUBMIT in mine else "",
        what_if=door.address("request-what-if", request.code)
        if Party.OFFICER in parties and request.state in ADVISABLE
        else "",
        granted=request.granted.code if request.granted else "",
        granted_address=_granted(request, account, door),
        advices=present_advices(request, advices, material_digest(content), names),
        decision=present_decision(request.requestdecisions.select_related("text").last(), names),
        signatures=present_signatures(request, names),
        attachments=present_attachments(request, account, door),
        pdf=door.address("request-protocol-pdf", request.code) if kept[0] else "",
        changed_since=since,
        sections=tuple(
            SectionView(
                section.value, str(section.label), facts[section], changes.get(section, ()), threads[section.value]
            )
            for section in Section
        ),
        whole=threads[""],
        questions=ngettext("%(count)s open question", "%(count)s open questions", questions) % {"count": questions}
        if questions
        else "",
        text=kept[0],
        digest=kept[1],
        history=present_history(
            request.requestevents.all(), names, door=door, may_see_oversight=account.may(Capability.SEE_OVERSIGHT)
        ),
    )


def _sentences(request: AuthorisationRequest, content: RequestContent, names: Names) -> Sequence[SafeString]:
    parties, rhythm, duration = content.parties, content.rhythm, content.duration
    sentences = [
        tell(
            _("{recipient} asks {provider} for {data}, for: {purposes}."),
            recipient=words.sentence(names.organisation(parties.recipient)),
            provider=names.organisation(parties.provider) if parties.provider else "…",
            data=words.enumeration([names.category(code) for code in content.categories]) or "…",
            purposes=words.enumeration([names.purpose(code) for code in content.purposes.purposes]) or "…",
        )
    ]
    if rhythm.rhythm is not None and rhythm.expected_per_month is not None:
        sentences.append(
            tell(
                _("It would ask {rhythm}, by {routes}: about {count} exchanges a month."),
                rhythm=str(rhythm.rhythm.label),
                routes=words.enumeration([names.route(code) for code in rhythm.routes]) or "…",
                count=words.figure(rhythm.expected_per_month),
            )
        )
    if duration.starts_on is not None and duration.retention_months is not None:
        end = words.day(duration.ends_on) if duration.ends_on else _("further notice")
        sentences.append(
            tell(
                _("From {first} until {end}; the data is kept for {months} months. It needs {instrument}."),
                first=words.day(duration.starts_on),
                end=end,
                months=words.figure(duration.retention_months),
                instrument=str(Needed(request.needed).label),
            )
        )
    return sentences


def _changes(
    request: AuthorisationRequest, content: RequestContent, names: Names
) -> tuple[dict[Section, tuple[ChangedFact, ...]], str]:
    """Compare with the text of the newest advice; nothing when it is the same, or when there is none."""
    newest = request.requestadvices.select_related("text").last()
    if newest is None or newest.text.content == request.content:
        return {}, ""
    before = present_content(read(newest.text.content), names)
    return present_changes(before, present_content(content, names)), words.day(words.local_day(newest.at))


def _kept(request: AuthorisationRequest, events: Sequence[RequestEvent]) -> tuple[Protocol | None, str]:
    """Return the text of the newest step; while somebody writes there is none that holds."""
    if request.state in EDITABLE:
        return None, ""
    text = request.requestevents.select_related("text").get(pk=events[-1].pk).text
    return from_text(text.protocol), text.protocol_digest


def _granted(request: AuthorisationRequest, account: Account, door: Door) -> str:
    """Return where the authorisation stands that came of it, for whom may read it."""
    may = account.may(Capability.SEE_REGISTER) or account.may(Capability.SEE_OWN_EXCHANGES)
    if request.granted is None or not may:
        return ""
    number = request.granted.versions.order_by("-number").values_list("number", flat=True).first()
    return door.address("authorisation", request.granted.code, number)
