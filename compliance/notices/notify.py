"""Tell people something, once: in the service, and by mail as each prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.clock import now
from compliance.notices.due import first_due
from compliance.notices.models import MailPreference, Notice
from compliance.notices.sentences import check_words
from compliance.notices.vocabulary import URGENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.access.models import Account
    from compliance.notices.vocabulary import NoticeKind


def notify(
    *,
    recipients: Iterable[Account],
    kind: NoticeKind,
    key: str,
    address: str,
    words: Mapping[str, str],
    is_urgent: bool = False,
) -> list[Notice]:
    """Tell each recipient, and return the notices that are new. In the caller's transaction.

    What is rolled back tells nobody. Who was told of this kind and key is not told again; whose account is closed is
    told nothing. What is urgent is mailed at once, also to who is mailed daily. ``address`` is a path of our own.
    Raises :class:`ValueError` when the words do not fill the kind's sentence: a mistake of ours.
    """
    check_words(kind, words)
    at = now()
    hurries = is_urgent or kind in URGENT
    people = {person.pk: person for person in recipients if person.is_active}
    preferences = MailPreference.objects.in_bulk(people)
    made = []
    for pk, person in sorted(people.items()):  # always in one order: two that tell the same people wait, and never lock
        given = {
            "address": address,
            "words": dict(words),
            "made_at": at,
            "mail_due_at": first_due(account=person, preference=preferences.get(pk), at=at, is_urgent=hurries),
        }
        notice, is_new = Notice.objects.get_or_create(recipient=person, kind=kind, key=key, defaults=given)
        if is_new:
            made.append(notice)
    return made
