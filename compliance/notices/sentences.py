"""The sentence of each kind of notice, with named places that its words fill.

A place that ends with ``day`` holds a date (``2026-11-23``), which is written as the reader writes days. All else is
shown as it is: codes, names of organisations, titles. No word is ever a value about a person.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

_SENTENCES: dict[NoticeKind, str | Promise] = {
    NoticeKind.REQUEST_SUBMITTED: _("%(organisation)s submitted request %(code)s: %(title)s."),
    NoticeKind.ADVICE_ASKED: _(
        "Your advice is asked on request %(code)s of %(organisation)s: %(title)s. Give it by %(day)s."
    ),
    NoticeKind.ADVICE_GIVEN: _("%(by)s gave advice on request %(code)s: %(title)s."),
    NoticeKind.QUESTION_ASKED: _(
        "%(by)s asks a question about request %(code)s: %(title)s. Answer it by %(day)s, so that it can go on."
    ),
    NoticeKind.QUESTION_ANSWERED: _("%(by)s answered a question about request %(code)s: %(title)s."),
    NoticeKind.EXTERNAL_ADVICE_ASKED: _(
        "The advice of a committee was asked on request %(code)s: %(title)s. The request waits for it."
    ),
    NoticeKind.EXTERNAL_ADVICE_GIVEN: _("The committee gave its advice on request %(code)s: %(title)s."),
    NoticeKind.REQUEST_READY: _(
        "Request %(code)s of %(organisation)s has the advice that it needs: %(title)s. Decide by %(day)s."
    ),
    NoticeKind.REQUEST_RETURNED: _(
        "Request %(code)s was returned to you: %(title)s. Complete it and submit it again by %(day)s."
    ),
    NoticeKind.REQUEST_GRANTED: _("Request %(code)s of %(organisation)s was granted: %(title)s."),
    NoticeKind.REQUEST_GRANTED_WITH_CONDITIONS: _(
        "Request %(code)s of %(organisation)s was granted with conditions: %(title)s. Read which ones."
    ),
    NoticeKind.REQUEST_REFUSED: _("Request %(code)s of %(organisation)s was refused: %(title)s. Read why."),
    NoticeKind.SIGNATURE_ASKED: _(
        "The protocol of request %(code)s of %(organisation)s is ready: %(title)s. Sign it by %(day)s."
    ),
    NoticeKind.REQUEST_SIGNED: _("Both parties have signed the protocol of request %(code)s: %(title)s."),
    NoticeKind.PROTOCOL_PUBLISHED: _("The protocol of request %(code)s was published: %(title)s."),
    NoticeKind.REQUEST_IN_TEST: _("Request %(code)s of %(organisation)s is in test: %(title)s."),
    NoticeKind.REQUEST_IN_PRODUCTION: _("Request %(code)s of %(organisation)s is in production: %(title)s."),
    NoticeKind.REQUEST_SUSPENDED: _(
        "The authorisation of request %(code)s of %(organisation)s is suspended: %(title)s. Read why, and until when."
    ),
    NoticeKind.REQUEST_RESUMED: _(
        "The authorisation of request %(code)s of %(organisation)s may be used again: %(title)s."
    ),
    NoticeKind.REQUEST_WITHDRAWN: _("Request %(code)s of %(organisation)s was withdrawn: %(title)s."),
    NoticeKind.AUTHORISATION_EXPIRING: _(
        "Authorisation %(code)s of %(organisation)s ends on %(day)s: %(title)s. "
        "Ask for a renewal in time; without one, exchanges are not covered from that day."
    ),
    NoticeKind.AUTHORISATION_EXPIRED: _(
        "Authorisation %(code)s of %(organisation)s ended on %(day)s: %(title)s. Exchanges under it are not covered."
    ),
    NoticeKind.DEADLINE_NEAR: _("Request %(code)s waits for you: %(title)s. The term ends on %(day)s."),
    NoticeKind.DEADLINE_PASSED: _(
        "The term for request %(code)s of %(organisation)s ended on %(day)s, and it still waits: %(title)s."
    ),
    NoticeKind.MATERIAL_CHANGE: _(
        "Request %(code)s of %(organisation)s was changed after your advice: %(title)s. Give new advice by %(day)s."
    ),
    NoticeKind.AMENDMENT_PROPOSED: _(
        "We drafted amendment %(code)s of authorisation %(authorisation)s for you: %(title)s. "
        "Read what it changes, complete it and submit it, or withdraw it."
    ),
    NoticeKind.CONNECTION_STEP_READY: _(
        "%(by)s says that a step of the connection of %(organisation)s is ready. Confirm it, or say what it lacks."
    ),
    NoticeKind.CONNECTION_STEP_CONFIRMED: _(
        "A step of the connection of %(organisation)s was confirmed. Look at what comes next."
    ),
    NoticeKind.CONNECTION_WENT_BACK: _("The connection of %(organisation)s went back to an earlier step. Read why."),
    NoticeKind.CLIENT_CREDENTIAL_EXPIRING: _(
        "A key of the system %(client)s ends on %(day)s. Make a new one in time, or the system is refused."
    ),
    NoticeKind.THREAD_MESSAGE: _("%(by)s wrote a message about request %(code)s: %(title)s."),
    NoticeKind.CASE_OPENED_URGENT: _("Case %(code)s is urgent. Look into it by %(day)s."),
    NoticeKind.CASE_ASSIGNED: _("%(by)s assigned case %(code)s to you. Decide it by %(day)s."),
    NoticeKind.CASE_CONFIRMATION_ASKED: _(
        "%(by)s proposes a decision on case %(code)s, which holds once a second person confirms it."
    ),
    NoticeKind.CASE_NOT_CONFIRMED: _("%(by)s did not confirm your decision on case %(code)s. Read why."),
    NoticeKind.BREACH_CLOCK_STARTED: _(
        "The 72 hours to notify the data breach of case %(code)s have begun. They end on %(day)s at %(time)s."
    ),
    NoticeKind.BREACH_CLOCK_NEAR: _(
        "The data breach of case %(code)s must be notified by %(day)s at %(time)s: %(hours)s hours are left."
    ),
    NoticeKind.BREACH_CLOCK_PASSED: _(
        "The term to notify the data breach of case %(code)s ended on %(day)s at %(time)s. "
        "Notify it now, and say why it is late."
    ),
    NoticeKind.EVENT_ANNOUNCED: _("%(organisation)s announced “%(title)s”, from %(day)s. Accept it, or say why not."),
    NoticeKind.EVENT_SETTLED: _("Your planned event “%(title)s” was looked at. Read what came of it."),
    NoticeKind.EXCHANGES_QUESTIONED: _(
        "The privacy officer asks why your organisation did certain exchanges: question %(code)s. Answer it by %(day)s."
    ),
    NoticeKind.ANSWERS_TO_DRAFT: _(
        "Your data protection officer asks you to draft the answers to question %(code)s. They are due on %(day)s."
    ),
    NoticeKind.ANSWERS_DRAFTED: _(
        "A colleague drafted the answers to question %(code)s. Read them, and send them by %(day)s."
    ),
    NoticeKind.EXCHANGES_EXPLAINED: _("%(organisation)s answered question %(code)s. Read the answers, and decide."),
    NoticeKind.ANSWERS_EXTENDED: _("There is more time for question %(code)s. Answer it by %(day)s."),
    NoticeKind.ANSWERS_NOT_NEEDED: _("Question %(code)s was withdrawn. You need not answer it."),
    NoticeKind.ANSWERS_NEAR: _("Question %(code)s waits for your answers. The term ends on %(day)s."),
    NoticeKind.ANSWERS_LATE: _(
        "The term for question %(code)s ended on %(day)s. Answer it now: the privacy officer was told that it is late."
    ),
    NoticeKind.ANSWERS_MISSING: _("%(organisation)s did not answer question %(code)s by %(day)s."),
    NoticeKind.ANSWERS_OWED: _(
        "Your organisation did not answer question %(code)s of the privacy officer by %(day)s. "
        "See to it that your data protection officer answers it now."
    ),
    NoticeKind.OFFICER_DIGEST: _(
        "Your cases on %(day)s: %(new)s new, %(mine)s yours, %(due)s due today, %(waiting)s waiting for a partner, "
        "%(second)s waiting for your confirmation. Late questions to partners: %(questions)s. Clocks of data breaches "
        "that run: %(clocks)s. Hours that detection is behind: %(hours)s. The gravest first: %(codes)s."
    ),
    NoticeKind.LEDGER_DIVERGES: _(
        "Verification found that the log %(log)s is not what was sealed. Look into it now, and change nothing before "
        "it is understood. What was found first: %(found)s"
    ),
    NoticeKind.SAMPLE_ASSIGNED: _("The sample of %(month)s is drawn: %(count)s exchanges wait for your review."),
}
_PLACE = re.compile(r"%\((\w+)\)s")


def places_of(kind: NoticeKind) -> frozenset[str]:
    """Return the places that the words of a kind fill; they are the same in every language."""
    return frozenset(_PLACE.findall(str(_SENTENCES[kind])))


def check_words(kind: NoticeKind, words: Mapping[str, str]) -> None:
    """Refuse words that leave a place open, fill one that is not there, or say no date where one belongs."""
    if set(words) != (places := places_of(kind)):
        message = f"A notice {kind.value} has the words {sorted(places)}, not {sorted(words)}."
        raise ValueError(message)
    for place in filter(_holds_day, places):
        date.fromisoformat(words[place])


def sentence_of(kind: NoticeKind, words: Mapping[str, str]) -> str:
    """Return the sentence in the language of the moment."""
    return str(_SENTENCES[kind]) % {
        place: _day(word) if _holds_day(place) else " ".join(word.split()) for place, word in words.items()
    }


def _holds_day(place: str) -> bool:
    return place.endswith("day")


def _day(word: str) -> str:
    day, language = date.fromisoformat(word), (get_language() or "nl")[:2]
    locale = {"en": "en_GB", "fr": "fr_BE"}.get(language, "nl_BE")
    written = str(format_date(day, "d MMMM y", locale=locale))
    return written.replace("1 ", "1er ", 1) if day.day == 1 and language == "fr" else written


if _wordless := set(NoticeKind) - set(_SENTENCES):
    message = f"Kinds of notices without a sentence: {sorted(_wordless)}"
    raise RuntimeError(message)
