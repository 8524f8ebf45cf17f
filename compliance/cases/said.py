"""What people write about a case: there, not too long, and without a national number, since it is kept in clear."""

from __future__ import annotations

from django.utils.translation import gettext as _

from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz

SHORTEST = 10
LONGEST = 4_000


def stated(text: str, *, field: str = "reason", shortest: int = SHORTEST, longest: int = LONGEST) -> str:
    """Return a text without white space around it. Raises :class:`InvalidInputError` that names the field."""
    kept = text.strip()
    detail = ""
    if len(kept) < shortest:
        detail = _("Write at least %(count)s characters: others must be able to follow it.") % {"count": shortest}
    elif len(kept) > longest:
        detail = _("Use at most %(count)s characters.") % {"count": longest}
    elif holds_insz(kept):
        detail = _("This holds a national number. Leave it out: what you write here is kept for ever.")
    if detail:
        raise InvalidInputError(errors=(FieldError(f"/{field}", detail, "not-stated"),))
    return kept
