"""Closed vocabularies of notices."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

DIGEST_HOUR = 7
"""The hour, by the clock of Brussels, at which daily mail goes to who chose no other."""


class NoticeKind(models.TextChoices):
    """What a person is told. Its words are the subject of a mail; the sentence stands in `sentences.py`."""

    REQUEST_SUBMITTED = "request-submitted", _("a request was submitted")
    ADVICE_ASKED = "advice-asked", _("your advice is asked")
    ADVICE_GIVEN = "advice-given", _("advice was given")
    QUESTION_ASKED = "question-asked", _("there is a question about a request")
    QUESTION_ANSWERED = "question-answered", _("a question was answered")
    EXTERNAL_ADVICE_ASKED = "external-advice-asked", _("the advice of a committee is asked")
    EXTERNAL_ADVICE_GIVEN = "external-advice-given", _("a committee gave its advice")
    REQUEST_READY = "request-ready", _("a request waits for your decision")
    REQUEST_RETURNED = "request-returned", _("your request was returned")
    REQUEST_GRANTED = "request-granted", _("the request was granted")
    REQUEST_GRANTED_WITH_CONDITIONS = "request-granted-with-conditions", _("the request was granted with conditions")
    REQUEST_REFUSED = "request-refused", _("the request was refused")
    SIGNATURE_ASKED = "signature-asked", _("your signature is asked")
    REQUEST_SIGNED = "request-signed", _("a protocol was signed")
    PROTOCOL_PUBLISHED = "protocol-published", _("a protocol was published")
    REQUEST_IN_TEST = "request-in-test", _("testing can begin")
    REQUEST_IN_PRODUCTION = "request-in-production", _("production has begun")
    REQUEST_SUSPENDED = "request-suspended", _("an authorisation was suspended")
    REQUEST_RESUMED = "request-resumed", _("an authorisation may be used again")
    REQUEST_WITHDRAWN = "request-withdrawn", _("a request was withdrawn")
    AUTHORISATION_EXPIRING = "authorisation-expiring", _("an authorisation ends soon")
    AUTHORISATION_EXPIRED = "authorisation-expired", _("an authorisation has ended")
    DEADLINE_NEAR = "deadline-near", _("a term ends soon")
    DEADLINE_PASSED = "deadline-passed", _("a term has ended")
    MATERIAL_CHANGE = "material-change", _("new advice is needed")
    AMENDMENT_PROPOSED = "amendment-proposed", _("an amendment was drafted for you")
    CONNECTION_STEP_READY = "connection-step-ready", _("a step of a connection is ready")
    CONNECTION_STEP_CONFIRMED = "connection-step-confirmed", _("a step of the connection was confirmed")
    CONNECTION_WENT_BACK = "connection-went-back", _("the connection went back a step")
    CLIENT_CREDENTIAL_EXPIRING = "client-credential-expiring", _("a key of a system ends soon")
    THREAD_MESSAGE = "thread-message", _("there is a new message")
    SAMPLE_ASSIGNED = "sample-assigned", _("a sample waits for your review")
    CASE_OPENED_URGENT = "case-opened-urgent", _("an urgent case was opened")
    CASE_ASSIGNED = "case-assigned", _("a case was assigned to you")
    CASE_CONFIRMATION_ASKED = "case-confirmation-asked", _("a decision waits for a second person")
    CASE_NOT_CONFIRMED = "case-not-confirmed", _("your decision was not confirmed")
    BREACH_CLOCK_STARTED = "breach-clock-started", _("the clock of a data breach runs")
    BREACH_CLOCK_NEAR = "breach-clock-near", _("the clock of a data breach runs out")
    BREACH_CLOCK_PASSED = "breach-clock-passed", _("the term of a data breach has ended")
    EVENT_ANNOUNCED = "event-announced", _("a partner announced a planned event")
    EVENT_SETTLED = "event-settled", _("your planned event was looked at")
    EXCHANGES_QUESTIONED = "exchanges-questioned", _("there is a question about exchanges")
    ANSWERS_TO_DRAFT = "answers-to-draft", _("you are asked to draft answers")
    ANSWERS_DRAFTED = "answers-drafted", _("drafted answers wait to be sent")
    EXCHANGES_EXPLAINED = "exchanges-explained", _("a partner answered a question")
    ANSWERS_EXTENDED = "answers-extended", _("there is more time for a question")
    ANSWERS_NOT_NEEDED = "answers-not-needed", _("a question about exchanges was withdrawn")
    ANSWERS_NEAR = "answers-near", _("a question about exchanges waits for you")
    ANSWERS_LATE = "answers-late", _("a question about exchanges is late")
    ANSWERS_MISSING = "answers-missing", _("a partner did not answer in time")
    ANSWERS_OWED = "answers-owed", _("your organisation did not answer in time")
    OFFICER_DIGEST = "officer-digest", _("your cases today")
    LEDGER_DIVERGES = "ledger-diverges", _("the ledger does not verify")


URGENT = frozenset(
    {
        NoticeKind.CASE_OPENED_URGENT,
        NoticeKind.BREACH_CLOCK_STARTED,
        NoticeKind.BREACH_CLOCK_NEAR,
        NoticeKind.BREACH_CLOCK_PASSED,
        NoticeKind.LEDGER_DIVERGES,
    }
)
"""What does not wait for the hour of daily mail."""


class MailWhen(models.TextChoices):
    """When a person is mailed what stands in the service."""

    AT_ONCE = "at-once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")
