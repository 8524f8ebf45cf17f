"""What people write about a request: there, not too long, and about nobody in particular."""

from __future__ import annotations

from django.utils.translation import gettext as _

from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz

LONGEST = 10_000


def stated(text: str, *, field: str, longest: int = LONGEST) -> str:
    """Return a text without white space around it. Raises :class:`InvalidInputError` that names the field."""
    kept = text.strip()
    detail = ""
    if not kept:
        detail = _("Write it down: others must be able to follow it.")
    elif len(kept) > longest:
        detail = _("Use at most %(count)s characters, or add a document.") % {"count": longest}
    elif holds_insz(kept):
        detail = _("This holds a national number. Leave it out: a request is never about one person.")
    if detail:
        raise InvalidInputError(errors=(FieldError(f"/{field}", detail, "not-stated"),))
    return kept
