"""The legal grounds of both sides (GDPR art. 6(1), and 9(2) where it is needed)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.articles.part import part
from compliance.authorisations.requests.vocabulary import Section
from compliance.authorisations.requests.wording import listed, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.requests.articles.part import TextPart
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.register_names import RegisterNames


def grounds(content: RequestContent, names: RegisterNames) -> TextPart:
    """Return on which law each side stands."""
    return part(Section.LEGAL_BASIS, _("Legal grounds"), _grounds(content, names))


def _grounds(content: RequestContent, names: RegisterNames) -> Iterator[str]:
    said = content.legal_basis
    if said.provider_bases:
        yield _("The provider communicates the data on the following legal ground:")
        yield from listed(_basis(code, names) for code in said.provider_bases)
    if said.recipient_bases:
        yield _("The recipient processes the data on the following legal ground:")
        yield from listed(_basis(code, names) for code in said.recipient_bases)
    if task := tuple(paragraphs(said.task)):
        yield _("The recipient needs the data for the following task or obligation:")
        yield from task


def _basis(code: str, names: RegisterNames) -> str:
    row = names.bases.get(code)
    if row is None:
        return code
    named = {"name": row.name, "citation": row.citation, "letter": row.article_6, "exception": row.article_9}
    if row.article_9:
        return _("%(name)s: %(citation)s (GDPR art. 6(1)(%(letter)s) and 9(2)(%(exception)s))") % named
    return _("%(name)s: %(citation)s (GDPR art. 6(1)(%(letter)s))") % named
