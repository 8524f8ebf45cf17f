"""The way to a decision and after it, as one table: who may do what in which state, and where it leads.

Pure: the verbs ask it, screens ask it what to offer, and the tests walk it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.vocabulary import Party, RequestAct, RequestState

if TYPE_CHECKING:
    from collections.abc import Iterable

S, A, P = RequestState, RequestAct, Party


class Transition(NamedTuple):
    """One act: from which states, by whom, and to which states it can lead."""

    act: RequestAct
    sources: frozenset[RequestState]
    by: frozenset[Party]
    targets: frozenset[RequestState]


def _row(
    act: RequestAct, sources: Iterable[RequestState], by: Iterable[Party], targets: Iterable[RequestState]
) -> Transition:
    return Transition(act, frozenset(sources), frozenset(by), frozenset(targets))


EDITABLE = frozenset({S.DRAFT, S.RETURNED})
ADVISABLE = frozenset({S.SUBMITTED, S.ADVICE, S.EXTERNAL, S.READY})
STANDING = frozenset({S.GRANTED, S.SIGNED, S.PUBLISHED, S.IN_TEST, S.IN_PRODUCTION, S.SUSPENDED})
ENDED = frozenset({S.REFUSED, S.WITHDRAWN, S.EXPIRED, S.RENEWED})

TABLE = (
    _row(A.SUBMIT, EDITABLE, [P.REQUESTER], [S.SUBMITTED, S.ADVICE, S.EXTERNAL, S.READY]),
    _row(A.ADVISE, ADVISABLE, [P.PARTNER_DPO, P.OFFICER], [S.SUBMITTED, S.ADVICE, S.EXTERNAL, S.READY]),
    _row(A.ASK_EXTERNAL, [S.SUBMITTED, S.ADVICE, S.READY], [P.OFFICER], [S.SUBMITTED, S.ADVICE, S.EXTERNAL]),
    _row(A.RECORD_EXTERNAL, [S.SUBMITTED, S.ADVICE, S.EXTERNAL], [P.OFFICER], [S.SUBMITTED, S.ADVICE, S.READY]),
    _row(A.RETURN, ADVISABLE, [P.OFFICER], [S.RETURNED]),
    _row(A.DECIDE, [S.READY], [P.OFFICER], [S.GRANTED, S.REFUSED]),
    _row(A.SIGN, [S.GRANTED], [P.REQUESTER, P.PARTNER_DPO, P.OFFICER], [S.GRANTED, S.SIGNED]),
    _row(A.PUBLISH, [S.SIGNED], [P.OFFICER], [S.PUBLISHED]),
    _row(A.START_TEST, [S.PUBLISHED], [P.OFFICER, P.OPERATOR], [S.IN_TEST]),
    _row(A.GO_LIVE, [S.IN_TEST], [P.OFFICER, P.OPERATOR], [S.IN_PRODUCTION]),
    _row(A.SUSPEND, [S.IN_PRODUCTION], [P.OFFICER], [S.SUSPENDED]),
    _row(A.RESUME, [S.SUSPENDED], [P.OFFICER, P.CLOCK], [S.IN_PRODUCTION]),
    _row(A.WITHDRAW, EDITABLE | ADVISABLE, [P.REQUESTER], [S.WITHDRAWN]),
    _row(A.WITHDRAW, STANDING, [P.REQUESTER, P.OFFICER], [S.WITHDRAWN]),
    _row(A.EXPIRE, STANDING, [P.CLOCK], [S.EXPIRED]),
    _row(A.RENEW, [S.IN_PRODUCTION, S.SUSPENDED, S.EXPIRED], [P.CLOCK], [S.RENEWED]),
)


def transition(act: RequestAct, state: RequestState, parties: Iterable[Party]) -> Transition | None:
    """Return the row that lets one of these do this now, or ``None``."""
    asked = frozenset(parties)
    return next((row for row in TABLE if row.act == act and state in row.sources and row.by & asked), None)


def leads(act: RequestAct, state: RequestState, to: RequestState) -> bool:
    """Tell whether an act can lead from one state to another."""
    return any(row.act == act and state in row.sources and to in row.targets for row in TABLE)


def allowed_acts(state: RequestState, parties: Iterable[Party]) -> tuple[RequestAct, ...]:
    """Return what these may do now, in the order of the table; rules on persons (four eyes) come on top."""
    asked = frozenset(parties)
    found = [row.act for row in TABLE if state in row.sources and row.by & asked]
    return tuple(dict.fromkeys(found))


def waiting_state(*, advised: int, external_awaited: bool) -> RequestState:
    """Return where a request stands while it is looked at: ``advised`` of the two data protection officers did."""
    if advised == 0:
        return S.SUBMITTED
    if advised == 1:
        return S.ADVICE
    return S.EXTERNAL if external_awaited else S.READY
