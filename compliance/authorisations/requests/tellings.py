"""Who is told of each step of a request, as one table beside that of the states. Whoever took the step is not told.

The keeper's people are told nothing of a draft, which they may not see.
"""

from __future__ import annotations

from typing import NamedTuple

from compliance.authorisations.requests.audience import Audience
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.notices.vocabulary import NoticeKind

A, K, S = RequestAct, NoticeKind, RequestState


class Telling(NamedTuple):
    """What is told, and to whom."""

    kind: NoticeKind
    to: tuple[Audience, ...]


REQUESTERS, PARTNER_DPOS, OFFICERS, OPERATORS, AWAITED, NEW_ADVISERS, FORMER_ADVISERS = Audience
OF_PARTNER = (REQUESTERS, PARTNER_DPOS)
ALL_BUT_OPERATORS = (*OF_PARTNER, OFFICERS)
EVERYONE = (*ALL_BUT_OPERATORS, OPERATORS)
NOBODY: tuple[Telling, ...] = ()

_ASKED = (Telling(K.ADVICE_ASKED, (NEW_ADVISERS,)), Telling(K.MATERIAL_CHANGE, (FORMER_ADVISERS,)))
_ADVISED = (Telling(K.ADVICE_GIVEN, ALL_BUT_OPERATORS),)
_COMMITTEE_ASKED = (Telling(K.EXTERNAL_ADVICE_ASKED, ALL_BUT_OPERATORS),)
_COMMITTEE_ADVISED = (Telling(K.EXTERNAL_ADVICE_GIVEN, ALL_BUT_OPERATORS),)
_READY = (Telling(K.REQUEST_READY, (AWAITED,)),)

TELLINGS: dict[tuple[RequestAct, RequestState], tuple[Telling, ...]] = {
    (A.DRAFT, S.DRAFT): NOBODY,
    (A.SUBMIT, S.SUBMITTED): _ASKED,
    (A.SUBMIT, S.ADVICE): _ASKED,
    (A.SUBMIT, S.EXTERNAL): (Telling(K.REQUEST_SUBMITTED, (PARTNER_DPOS, OFFICERS)),),
    (A.SUBMIT, S.READY): (Telling(K.REQUEST_SUBMITTED, (PARTNER_DPOS,)), *_READY),
    (A.ADVISE, S.SUBMITTED): _ADVISED,
    (A.ADVISE, S.ADVICE): _ADVISED,
    (A.ADVISE, S.EXTERNAL): _ADVISED,
    (A.ADVISE, S.READY): (*_ADVISED, *_READY),
    (A.ASK_EXTERNAL, S.SUBMITTED): _COMMITTEE_ASKED,
    (A.ASK_EXTERNAL, S.ADVICE): _COMMITTEE_ASKED,
    (A.ASK_EXTERNAL, S.EXTERNAL): _COMMITTEE_ASKED,
    (A.RECORD_EXTERNAL, S.SUBMITTED): _COMMITTEE_ADVISED,
    (A.RECORD_EXTERNAL, S.ADVICE): _COMMITTEE_ADVISED,
    (A.RECORD_EXTERNAL, S.READY): (*_COMMITTEE_ADVISED, *_READY),
    (A.RETURN, S.RETURNED): (Telling(K.REQUEST_RETURNED, (REQUESTERS,)),),
    (A.DECIDE, S.GRANTED): (Telling(K.REQUEST_GRANTED, ALL_BUT_OPERATORS), Telling(K.SIGNATURE_ASKED, (AWAITED,))),
    (A.DECIDE, S.REFUSED): (Telling(K.REQUEST_REFUSED, ALL_BUT_OPERATORS),),
    (A.SIGN, S.GRANTED): NOBODY,  # whoever can still sign was asked, and is reminded
    (A.SIGN, S.SIGNED): (Telling(K.REQUEST_SIGNED, ALL_BUT_OPERATORS),),
    (A.PUBLISH, S.PUBLISHED): (Telling(K.PROTOCOL_PUBLISHED, EVERYONE),),
    (A.START_TEST, S.IN_TEST): (Telling(K.REQUEST_IN_TEST, EVERYONE),),
    (A.GO_LIVE, S.IN_PRODUCTION): (Telling(K.REQUEST_IN_PRODUCTION, EVERYONE),),
    (A.SUSPEND, S.SUSPENDED): (Telling(K.REQUEST_SUSPENDED, EVERYONE),),
    (A.RESUME, S.IN_PRODUCTION): (Telling(K.REQUEST_RESUMED, EVERYONE),),
    (A.WITHDRAW, S.WITHDRAWN): (Telling(K.REQUEST_WITHDRAWN, EVERYONE),),
    (A.EXPIRE, S.EXPIRED): NOBODY,  # that an authorisation ended is told of every one: `ends.py`
    (A.RENEW, S.RENEWED): NOBODY,  # they were told that the renewal is in production
}
