"""Planned events, as both doors show them: what is to come, what waits for an officer, and what is past."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect

from compliance.access.roles import Capability
from compliance.console.desks.case_act import tell_form
from compliance.console.event_forms import AnnounceForm, EventReasonForm
from compliance.console.page import page
from compliance.console.presenters.events import present_events
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.detection.planned_events.announce import announce
from compliance.detection.planned_events.models import PlannedEvent
from compliance.detection.planned_events.settle import accept, cancel, refuse
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.console.door import Door

_PAST_SHOWN: Final = 50
_WITH_REASON: Final = {"refuse": refuse, "cancel": cancel}


def show_events(request: HttpRequest, *, door: Door) -> HttpResponse:
    """Show the events that the reader may see, with the form to announce one; announce what was sent."""
    account, form = reader_of(request), _form(request)
    if request.method == "POST" and not _may_announce(account):
        raise ForbiddenError
    if request.method == "POST" and form.is_valid():
        try:
            announce(account=account, announcement=form.announcement())
        except InvalidInputError as error:
            tell_form(form, error)
        else:
            return redirect(door.address("events"))
    return _show(request, door, form=form)


def settle_event(request: HttpRequest, uid: UUID, slug: str, *, door: Door) -> HttpResponse:
    """Accept, refuse or cancel an event; come back to all of them."""
    account = reader_of(request)
    reason = EventReasonForm(request.POST, auto_id=f"{slug}-{uid}-%s")
    try:
        if slug == "accept":
            accept(uid=uid, account=account)
            return redirect(door.address("events"))
        if slug not in _WITH_REASON:
            raise NotFoundError
        if reason.is_valid():
            _WITH_REASON[slug](uid=uid, account=account, reason=reason.cleaned_data["reason"])
            return redirect(door.address("events"))
    except InvalidInputError as error:
        tell_form(reason, error)
    return _show(request, door, form=_form(request, empty=True), bound=(str(uid), slug, reason))


def _may_announce(account: Account) -> bool:
    return account.may(Capability.KEEP_DETECTORS) or account.may(Capability.ANNOUNCE_EVENTS)


def _form(request: HttpRequest, *, empty: bool = False) -> AnnounceForm:
    sent = request.POST if request.method == "POST" and not empty else None
    may_keep = reader_of(request).may(Capability.KEEP_DETECTORS)
    return AnnounceForm(sent, names=Names(), with_partner=may_keep)


def _show(
    request: HttpRequest,
    door: Door,
    *,
    form: AnnounceForm,
    bound: tuple[str, str, EventReasonForm] | None = None,
) -> HttpResponse:
    account, at, names = reader_of(request), now(), Names()
    visible = PlannedEvent.objects.visible_to(account).select_related("partner")
    may_keep, may_announce = account.may(Capability.KEEP_DETECTORS), _may_announce(account)

    def reason_form(uid: str, slug: str) -> EventReasonForm:
        if bound is not None and bound[:2] == (uid, slug):
            return bound[2]
        return EventReasonForm(auto_id=f"{slug}-{uid}-%s")

    coming = present_events(visible.filter(ends__gt=at), names=names)
    past = present_events(visible.filter(ends__lte=at).order_by("-ends")[:_PAST_SHOWN], names=names)
    wrong = form.errors or bound is not None
    return page(
        request,
        "pages/events.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        form=form if may_announce else None,
        coming=[
            {
                "row": row,
                "accept": door.address("event-act", row.uid, "accept") if may_keep and row.can_be_settled else "",
                "acts": [
                    (slug, door.address("event-act", row.uid, slug), reason_form(row.uid, slug))
                    for slug, may in (
                        ("refuse", may_keep and row.can_be_settled),
                        ("cancel", may_announce and row.can_be_cancelled),
                    )
                    if may
                ],
            }
            for row in coming
        ],
        past=past,
        address=door.address("events"),
        is_keeper=account.may(Capability.SEE_CASES),
    )
