"""Who may come where: every address of the project, as each of the cast and as nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from compliance.access.add_secret import add_secret
from compliance.access.models import Account, ClientCredential
from compliance.access.roles import Capability
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.cases.models import Case
from compliance.cases.open_case import open_case
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.vocabulary import CaseKind
from compliance.console.screen import Open
from tests.api.oauth import WHY, make_client
from tests.authorisations.requests import asking
from tests.cases.questions.asking import asked
from tests.connecting.partners import begun
from tests.console.exchanges import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.console.conftest import ClientOf

    Patterns = list[URLPattern | URLResolver]

pytestmark = pytest.mark.django_db

ANONYMOUS = "anonymous"
PEOPLE = (
    ANONYMOUS,
    "officer",
    "second-officer",
    "auditor",
    "operator",
    "vdab-requester",
    "vdab-dpo",
    "vmsw-requester",
    "nobody",
)

# The exchange and the authorisation asked for are VDAB's. Nothing is sealed, so nothing of the log is there (404);
# nobody was told anything, so there is no notice either; no protocol was published, and the request is a draft.
#                                        anon  off   2nd   aud   oper  v-req v-dpo vmsw  nobody
TABLE = """
GET  live                                200   200   200   200   200   200   200   200   200
GET  ready                               200   200   200   200   200   200   200   200   200
GET  start                               302   200   200   200   200   302   302   302   200
GET  login                               200   302   302   302   302   302   302   302   302
POST logout                              302   302   302   302   302   302   302   302   302
POST language                            302   302   302   302   302   302   302   302   302
POST theme                               302   302   302   302   302   302   302   302   302
GET  mail-preference                     302   200   200   200   200   200   200   200   200
POST mail-preference                     302   302   302   302   302   302   302   302   302
GET  notices                             302   200   200   200   200   200   200   200   200
POST notices-read                        302   302   302   302   302   302   302   302   302
POST notice-open                         302   404   404   404   404   404   404   404   404
POST notice-read                         302   404   404   404   404   404   404   404   404
GET  exchanges                           302   200   200   200   403   403   403   403   403
GET  person                              302   200   200   200   403   403   403   403   403
POST person                              302   200   200   200   403   403   403   403   403
GET  exchange                            302   200   200   200   403   403   403   403   403
GET  identity                            302   302   302   302   403   403   403   403   403
POST identity                            302   200   200   200   403   403   403   403   403
GET  statistics                          302   200   200   200   200   403   403   403   403
GET  statistics-file                     302   200   200   200   200   403   403   403   403
GET  authorisations                      302   200   200   200   200   403   403   403   403
GET  authorisation                       302   200   200   200   200   403   403   403   403
GET  authorisation-use                   302   200   200   200   200   403   403   403   403
POST authorisation-amendment             302   400   400   403   403   403   403   403   403
GET  requests                            302   200   200   200   200   403   403   403   403
GET  request                             302   200   200   200   200   403   403   403   403
GET  request-act                         302   302   302   302   302   403   403   403   403
POST request-act                         302   302   302   403   403   403   403   403   403
POST request-message                     302   302   302   403   302   403   403   403   403
GET  request-what-if                     302   404   404   404   403   403   403   403   403
GET  connections                         302   200   200   200   200   403   403   403   403
GET  connection-begin                    302   403   403   403   200   403   403   403   403
POST connection-begin                    302   403   403   403   200   403   403   403   403
GET  connection                          302   200   200   200   200   403   403   403   403
POST connection-move                     302   403   403   403   302   403   403   403   403
GET  municipalities                      302   200   200   200   200   403   403   403   403
GET  municipalities-file                 302   200   200   200   200   403   403   403   403
GET  partners                            302   200   200   200   200   403   403   403   403
GET  partner                             302   200   200   200   200   403   403   403   403
GET  partner-calendar                    302   200   200   200   200   403   403   403   403
GET  authorisation-policy                302   200   200   200   200   403   403   403   403
GET  request-protocol-pdf                302   200   200   200   200   403   403   403   403
GET  protocols                           200   200   200   200   200   200   200   200   200
GET  protocols-catalogue                 200   200   200   200   200   200   200   200   200
GET  protocol                            404   404   404   404   404   404   404   404   404
GET  protocol-jsonld                     404   404   404   404   404   404   404   404   404
GET  protocol-policy                     404   404   404   404   404   404   404   404   404
GET  protocol-pdf                        404   404   404   404   404   404   404   404   404
GET  protocol-text                       404   404   404   404   404   404   404   404   404
GET  protocol-edition                    404   404   404   404   404   404   404   404   404
GET  protocol-edition-pdf                404   404   404   404   404   404   404   404   404
GET  protocol-edition-text               404   404   404   404   404   404   404   404   404
GET  samples                             302   200   200   200   403   403   403   403   403
POST sample-announce                     302   302   302   403   403   403   403   403   403
GET  sample                              302   404   404   404   403   403   403   403   403
POST sample-hand-over                    302   404   404   403   403   403   403   403   403
GET  sample-review                       302   404   404   403   403   403   403   403   403
GET  detectors                           302   200   200   200   403   403   403   403   403
GET  detector                            302   200   200   200   403   403   403   403   403
POST detector-change                     302   404   404   403   403   403   403   403   403
GET  review                              302   200   200   200   403   403   403   403   403
GET  review-pdf                          302   200   200   200   403   403   403   403   403
GET  jobs                                302   200   200   403   200   403   403   403   403
GET  webhooks                            302   403   403   403   200   403   403   403   403
POST webhooks                            302   403   403   403   422   403   403   403   403
POST webhook-rotate                      302   403   403   403   404   403   403   403   403
POST webhook-close                       302   403   403   403   404   403   403   403   403
POST webhook-resend                      302   403   403   403   404   403   403   403   403
GET  questions                           302   200   200   200   403   403   403   403   403
GET  question-ask                        302   200   200   403   403   403   403   403   403
GET  question                            302   200   200   200   403   403   403   403   403
POST question-extend                     302   422   422   403   403   403   403   403   403
POST question-withdraw                   302   422   422   403   403   403   403   403   403
GET  question-document                   302   404   404   404   403   403   403   403   403
GET  case-ask                            302   404   404   403   403   403   403   403   403
GET  portal-questions                    302   403   403   403   403   200   200   200   403
GET  portal-question                     302   403   403   403   403   404   200   404   403
POST portal-question                     302   403   403   403   403   404   302   404   403
POST portal-question-assign              302   403   403   403   403   403   409   403   403
GET  portal-question-attach              302   403   403   403   403   404   200   404   403
GET  portal-question-document            302   403   403   403   403   404   404   404   403
GET  cases                               302   200   200   200   403   403   403   403   403
GET  cases-news                          302   200   200   200   403   403   403   403   403
POST cases-decide                        302   422   422   403   403   403   403   403   403
GET  findings                            302   200   200   200   403   403   403   403   403
GET  suppressions                        302   200   200   200   403   403   403   403   403
POST suppression-end                     302   422   422   403   403   403   403   403   403
GET  case-budget                         302   200   200   200   403   403   403   403   403
POST case-budget                         302   422   422   403   403   403   403   403   403
GET  events                              302   200   200   200   403   403   403   403   403
POST events                              302   422   422   403   403   403   403   403   403
POST event-act                           302   404   404   403   403   403   403   403   403
GET  portal-events                       302   403   403   403   403   200   200   200   403
POST portal-events                       302   403   403   403   403   422   422   422   403
POST portal-event-act                    302   403   403   403   403   404   404   404   403
GET  breach                              302   404   404   404   403   403   403   403   403
GET  breach-pdf                          302   404   404   404   403   403   403   403   403
GET  breach-act                          302   404   404   403   403   403   403   403   403
POST breach-act                          302   404   404   403   403   403   403   403   403
POST breach-persons                      302   404   404   403   403   403   403   403   403
GET  case                                302   200   200   200   403   403   403   403   403
GET  case-act                            302   302   302   302   403   403   403   403   403
POST case-act                            302   302   302   403   403   403   403   403   403
GET  case-identity                       302   302   302   302   403   403   403   403   403
POST case-identity                       302   200   200   200   403   403   403   403   403
GET  oversight                           302   200   200   200   403   403   403   403   403
GET  proof                               302   200   200   200   200   403   403   403   403
GET  exchange-proof                      302   200   200   200   403   403   403   403   403
GET  exchange-proof-file                 302   503   503   503   403   403   403   403   403
GET  portal-start                        302   403   403   403   403   200   200   200   403
GET  portal-exchanges                    302   403   403   403   403   200   200   200   403
GET  portal-exchange                     302   403   403   403   403   200   200   404   403
GET  portal-identity                     302   403   403   403   403   403   302   403   403
POST portal-identity                     302   403   403   403   403   403   200   403   403
GET  portal-statistics                   302   403   403   403   403   200   200   200   403
GET  portal-statistics-file              302   403   403   403   403   200   200   200   403
GET  portal-authorisations               302   403   403   403   403   200   200   200   403
GET  portal-authorisation                302   403   403   403   403   200   200   404   403
GET  portal-authorisation-use            302   403   403   403   403   200   200   404   403
POST portal-authorisation-amendment      302   403   403   403   403   400   403   404   403
GET  portal-authorisation-policy         302   403   403   403   403   200   200   404   403
GET  portal-request-protocol-pdf         302   403   403   403   403   200   200   404   403
GET  portal-requests                     302   403   403   403   403   200   200   200   403
GET  portal-request                      302   403   403   403   403   302   302   404   403
GET  portal-request-act                  302   403   403   403   403   302   302   404   403
POST portal-request-act                  302   403   403   403   403   200   403   404   403
POST portal-request-message              302   403   403   403   403   302   302   404   403
POST portal-request-successor            302   403   403   403   403   409   403   404   403
GET  portal-request-new                  302   403   403   403   403   200   403   200   403
POST portal-request-new                  302   403   403   403   403   302   403   302   403
GET  portal-request-section              302   403   403   403   403   200   403   404   403
POST portal-request-section              302   403   403   403   403   302   403   404   403
GET  portal-request-review               302   403   403   403   403   200   200   404   403
POST portal-request-review               302   403   403   403   403   422   403   404   403
GET  portal-standing                     302   403   403   403   403   200   200   200   403
GET  portal-standing-calendar            302   403   403   403   403   200   200   200   403
GET  portal-request-attach               302   403   403   403   403   200   403   404   403
POST portal-request-attach               302   403   403   403   403   422   403   404   403
GET  portal-request-attachment           302   403   403   403   403   404   404   404   403
POST portal-request-attachment-remove    302   403   403   403   403   404   404   404   403
GET  request-attach                      302   200   200   403   200   403   403   403   403
POST request-attach                      302   422   422   403   422   403   403   403   403
GET  request-attachment                  302   404   404   404   404   403   403   403   403
POST request-attachment-remove           302   404   404   404   404   403   403   403   403
GET  portal-proof                        302   403   403   403   403   200   200   200   403
GET  portal-exchange-proof               302   403   403   403   403   200   200   404   403
GET  portal-exchange-proof-file          302   403   403   403   403   503   503   404   403
GET  portal-connections                  302   403   403   403   403   200   200   200   403
GET  portal-connection                   302   403   403   403   403   200   200   404   403
POST portal-connection-ready             302   403   403   403   403   302   422   404   403
GET  portal-self-test                    302   403   403   403   403   200   200   200   403
POST portal-self-test                    302   403   403   403   403   422   422   422   403
GET  clients                             302   403   403   403   200   403   403   403   403
GET  choose-password                     200   200   200   200   200   200   200   200   200
GET  portal-people                       302   403   403   403   403   200   403   200   403
GET  portal-person-new                   302   403   403   403   403   200   403   200   403
GET  portal-person                       302   403   403   403   403   200   403   404   403
GET  portal-person-role                  302   403   403   403   403   200   403   404   403
GET  portal-person-access                302   403   403   403   403   200   403   404   403
GET  portal-person-password-link         302   403   403   403   403   200   403   404   403
GET  portal-clients                      302   403   403   403   403   200   403   200   403
GET  portal-client-new                   302   403   403   403   403   200   403   200   403
GET  portal-client                       302   403   403   403   403   200   403   404   403
GET  portal-client-scopes                302   403   403   403   403   200   403   404   403
GET  portal-client-closing               302   403   403   403   403   200   403   404   403
GET  portal-key-new                      302   403   403   403   403   200   403   404   403
GET  portal-key-revoking                 302   403   403   403   403   200   403   404   403
GET  admin:index                         302   302   302   302   200   302   302   302   302
POST api-exchanges                       401   401   401   401   401   401   401   401   401
POST api-exchanges-test                  401   401   401   401   401   401   401   401   401
POST api-receipts-check                  401   401   401   401   401   401   401   401   401
POST access-evaluation                   401   401   401   401   401   401   401   401   401
POST access-evaluations                  401   401   401   401   401   401   401   401   401
GET  authzen-configuration               200   200   200   200   200   200   200   200   200
POST api-dossiers                        401   401   401   401   401   401   401   401   401
POST api-evidence                        401   401   401   401   401   401   401   401   401
GET  api-policy                          401   401   401   401   401   401   401   401   401
GET  api-receipt-key                     200   200   200   200   200   200   200   200   200
POST oauth-token                         400   400   400   400   400   400   400   400   400
GET  oauth-jwks                          200   200   200   200   200   200   200   200   200
GET  oauth-metadata                      200   200   200   200   200   200   200   200   200
GET  metrics                             401   403   403   403   200   403   403   403   403
GET  ledger-checkpoint                   404   404   404   404   404   404   404   404   404
GET  ledger-tile                         404   404   404   404   404   404   404   404   404
GET  ledger-entries                      401   404   404   404   404   403   403   403   403
"""
NOBODYS_SUPPRESSION = UUID(int=0)
NOBODYS_NOTICE = 0  # no row of any test has it: the first is number one
BODIES = {
    "connection-move": {"move": "plan", "seen": "analysis"},
    "portal-connection-ready": {"seen": "analysis"},
    "identity": {"reason": "Case 2026/14, a complaint"},
    "portal-request-new": {"kind": "new"},
    "request-act": {"opinion": "positive", "advice": "Proportionate"},
    "request-message": {"message": "Why so long?"},
    "portal-request-act": {"why": "Not needed any more"},
    "portal-request-message": {"message": "As long as the mediation"},
    "portal-identity": {"reason": "Case 2026/14, a complaint"},
    "language": {"language": "fr"},
    "theme": {"theme": "dark"},
    "mail-preference": {"when": "daily"},
    "case-act": {"words": "Asked the team leader."},
    "case-identity": {"reason": "Case 2026/14, a complaint"},
    "event-act": {"reason": "It is put off until spring"},
    "portal-event-act": {"reason": "It is put off until spring"},
    "detector-change": {"reason": "Expected in this period"},
    "sample-announce": {"month": "2016-01"},
}


@dataclass(frozen=True)
class Row:
    """One address, asked in one way, and what each of the people is answered."""

    method: str
    name: str
    expected: dict[str, int]


def rows() -> list[Row]:
    """Read the table."""
    return [
        Row(method, name, dict(zip(PEOPLE, map(int, statuses), strict=True)))
        for method, name, *statuses in (line.split() for line in TABLE.strip().splitlines())
    ]


def addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, Callable[..., object] | None]]:
    """Go through all names; the admin stands for itself."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback
        elif pattern.namespace == "admin":
            yield "admin:index", pattern.url_patterns[0].callback
        else:
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


@pytest.fixture(autouse=True)
def draft(cast: Mapping[str, Account]) -> None:
    """Begin a request of VDAB's, submit another, and give it a system with a key; ask a question, open a case."""
    draft_request(account=cast["vdab-requester"])
    asking.submitted(cast)
    asked(cast, exchanges=[recorded(message_reference="asked")])
    open_case(kind=CaseKind.FLAGGED, key="a-story", title="Something unusual", partner="VDAB")
    add_secret(client=make_client(), label="", expires_at=None, **WHY)


@pytest.fixture
def exchange() -> UUID:
    """Record one exchange of VDAB's."""
    return recorded()


def address_of(name: str, exchange: UUID) -> str:
    """Return where a row leads."""
    colleague = Account.objects.get(username="vdab-dpo").pk
    system = "vdab.batch"
    requests = AuthorisationRequest.objects.order_by("id")  # a draft, which is the partner's own, and one submitted
    request = requests[0 if name.startswith("portal-") else 1].code
    question = PartnerQuestion.objects.get().code
    case = Case.objects.earliest("id").code
    parts: dict[str, list[object]] = {
        "person": [colleague] if name.startswith("portal-") else [],
        "person-role": [colleague],
        "person-access": [colleague],
        "person-password-link": [colleague],
        "client": [system],
        "client-scopes": [system],
        "client-closing": [system],
        "key-new": [system, "secret"],
        "key-revoking": [system, ClientCredential.objects.earliest("id").pk],
        "choose-password": ["MQ", "no-token"],
        "request": [request],
        "request-act": [request, "withdraw" if name.startswith("portal-") else "advise"],
        "request-message": [request],
        "request-successor": [request, "renew"],
        "request-review": [request],
        "request-attach": [request],
        "request-attachment": [request, 1],
        "request-attachment-remove": [request, 1],
        "request-protocol-pdf": [request],
        "request-section": [request, "sanctions"],
        "case": [case],
        "case-act": [case, "note"],
        "breach": [case],
        "breach-pdf": [case],
        "breach-act": [case, "draft"],
        "breach-persons": [case],
        "event-act": [NOBODYS_SUPPRESSION, "cancel"],
        "suppression-end": [NOBODYS_SUPPRESSION],
        "case-identity": [case],
        "exchange": [exchange],
        "notice-open": [NOBODYS_NOTICE],
        "notice-read": [NOBODYS_NOTICE],
        "detector": ["same-person-again"],
        "detector-change": ["same-person-again", exchange],
        "sample": ["2016-02"],
        "sample-hand-over": ["2016-02"],
        "sample-review": ["2016-02", 1],
        "webhook-rotate": [exchange],
        "webhook-close": [exchange],
        "webhook-resend": [exchange],
        "question": [question],
        "question-extend": [question],
        "question-withdraw": [question],
        "question-document": [question, 1],
        "question-assign": [question],
        "question-attach": [question, 1],
        "case-ask": ["DOSSIER-2016-0000"],
        "exchange-proof": [exchange],
        "exchange-proof-file": [exchange],
        "identity": [exchange],
        "connection": ["VDAB"],
        "connection-move": ["VDAB"],
        "connection-ready": ["VDAB"],
        "authorisation": ["VTC-VB-2014-01", 1],
        "api-policy": ["VTC-VB-2014-01", 1],
        "authorisation-policy": ["VTC-VB-2014-01", 1],
        "protocol": ["VTC-VB-2014-01"],
        "protocol-jsonld": ["VTC-VB-2014-01"],
        "protocol-policy": ["VTC-VB-2014-01"],
        "protocol-pdf": ["VTC-VB-2014-01"],
        "protocol-text": ["VTC-VB-2014-01"],
        "protocol-edition": ["VTC-VB-2014-01", 1],
        "protocol-edition-pdf": ["VTC-VB-2014-01", 1],
        "protocol-edition-text": ["VTC-VB-2014-01", 1],
        "authorisation-use": ["VTC-VB-2014-01"],
        "authorisation-amendment": ["VTC-VB-2014-01"],
        "request-what-if": ["AANVR-2026-0000"],
        "partner": ["VDAB"],
        "partner-calendar": ["VDAB"],
        "statistics-file": ["csv"],
        "ledger-checkpoint": ["exchanges"],
        "ledger-tile": ["exchanges", "0", "000"],
        "ledger-entries": ["exchanges", "000"],
    }
    return reverse(name, args=parts.get(name.removeprefix("portal-")))


def test_every_address_has_a_row() -> None:
    assert {name for name, _view in addresses(get_resolver().url_patterns)} == {row.name for row in rows()}


def test_every_screen_declares_what_it_needs() -> None:
    for name, view in addresses(get_resolver().url_patterns):
        if view.__module__.startswith(("compliance.console", "compliance.portal")):
            needed = getattr(view, "needed", ())
            assert needed, name
            assert all(isinstance(one, Capability | Open) for one in needed), name


@pytest.fixture
def connection(cast: Mapping[str, Account]) -> None:
    """Begin to connect VDAB."""
    begun(cast, "VDAB", vendor=None)


def test_each_of_the_cast_is_answered_as_the_table_says(connection: None, exchange: UUID, client_of: ClientOf) -> None:
    answered = [
        Row(row.method, row.name, {username: _ask(row, username, exchange, client_of) for username in row.expected})
        for row in rows()
    ]
    assert answered == rows()


def _ask(row: Row, username: str, exchange: UUID, client_of: ClientOf) -> int:
    client = Client() if username == ANONYMOUS else client_of(username)
    ask = client.post if row.method == "POST" else client.get
    return ask(address_of(row.name, exchange), BODIES.get(row.name)).status_code
