"""A document that is not kept, and why."""

from __future__ import annotations

from compliance.kernel.errors import FieldError, InvalidInputError


class DocumentRefusedError(InvalidInputError):
    """The document is not one that may be kept; nothing was."""

    problem_type = "document-refused"
    title = "The document was not kept."


def refused(detail: str, code: str) -> DocumentRefusedError:
    """Return the error that says why, beside the field of the document."""
    return DocumentRefusedError(errors=(FieldError("/document", detail, code),))
