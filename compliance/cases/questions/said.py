"""What people write in questions and answers: there, not too long, and without a national number."""

from __future__ import annotations

from django.utils.translation import gettext as _

from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz

SHORTEST = 10
LONGEST = 4_000


def stated(text: str, *, field: str, shortest: int = SHORTEST) -> str:
    """Return a text without white space around it. Raises :class:`InvalidInputError` that names the field."""
    kept = text.strip()
    detail = ""
    if len(kept) < shortest:
        detail = _("Write at least %(count)s characters: others must be able to follow it.") % {"count": shortest}
    elif len(kept) > LONGEST:
        detail = _("Use at most %(count)s characters, or add a document.") % {"count": LONGEST}
    elif holds_insz(kept):
        detail = _("This holds a national number. Leave it out: the numbers of the exchanges say whom it is about.")
    if detail:
        raise InvalidInputError(errors=(FieldError(f"/{field}", detail, "not-stated"),))
    return kept
