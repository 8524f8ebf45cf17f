"""Put notices into a mail: plain text, in the language of who reads it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.notices.sentences import sentence_of
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.access.models import Account
    from compliance.notices.models import Notice


def compose(*, recipient: Account, notices: Sequence[Notice]) -> EmailMessage:
    """Return one mail with all of these notices.

    The same notices get the same Message-ID, so that most mail programs show a mail that was sent twice once.
    """
    with translation.override(recipient.language):
        body = "\n\n".join(
            [*(f"{sentence_of(NoticeKind(one.kind), one.words)}\n{_link(one.address)}" for one in notices), _foot()]
        )
        return EmailMessage(
            subject=_subject(notices),
            body=f"{body}\n",
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[recipient.email],
            headers={"Message-ID": _identifier(notices), "Auto-Submitted": "auto-generated"},
        )


def _subject(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return f"KBI Audit: {NoticeKind(notices[0].kind).label}"
    told = ngettext("%(count)s notice", "%(count)s notices", len(notices)) % {"count": len(notices)}
    return f"KBI Audit: {told}"


def _foot() -> str:
    told = _("All your notices stand in KBI Audit; there you also choose when you are mailed. Do not answer this mail.")
    return f"-- \n{told}\n{_link(reverse('notices'))}"


def _link(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _identifier(notices: Sequence[Notice]) -> str:
    told = sha256(",".join(str(notice.pk) for notice in notices).encode()).hexdigest()[:32]
    return f"<notices-{told}@{urlsplit(settings.SITE_URL).hostname}>"
