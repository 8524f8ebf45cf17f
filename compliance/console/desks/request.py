"""One request at the desk, as both doors show it: read, discussed, advised, decided, signed and all that follows."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from compliance.authorisations.requests.with_steps import with_steps
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.request import present_request
from compliance.console.presenters.request_answer import present_done
from compliance.console.reader import reader_of
from compliance.console.request_acts import DESK_ACTS
from compliance.console.request_queue import visible_requests
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.presenters.request_answer import Refusal
    from compliance.console.request_forms.fields import ActForm
    from compliance.console.request_forms.message import MessageForm


def request_at_desk(account: Account, code: str) -> AuthorisationRequest:
    """Return a request with its steps. Raises :class:`NotFoundError`, also for what another may see."""
    found: AuthorisationRequest | None = with_steps(visible_requests(account).filter(code=code)).first()
    if found is None:
        raise NotFoundError
    return found


def show_request(
    request: HttpRequest,
    *,
    code: str,
    door: Door,
    bound: ActForm | None = None,
    bound_message: MessageForm | None = None,
    refusal: Refusal | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show it as it stands, with the form that came back where there is one."""
    account, names = reader_of(request), Names()
    found = request_at_desk(account, code)
    story = present_request(found, account, names, door=door, bound=bound, bound_message=bound_message)
    act = DESK_ACTS.get(request.GET.get("done", ""))
    done = present_done(found, act.act, account.username) if act else ""
    lacks = _where(bound, bound_message)
    return page(request, "pages/request.html", status=status, story=story, refusal=refusal, done=done, lacks=lacks)


def _where(bound: ActForm | None, bound_message: MessageForm | None) -> str:
    """Return where on the page the form stands that lacks something, if one does."""
    if bound is not None and bound.errors:
        return f"#act-{str(bound.auto_id).removesuffix('-%s')}"
    if bound_message is not None and bound_message.errors:
        return f"#thread-{bound_message['section'].value() or 'whole'}"
    return ""
