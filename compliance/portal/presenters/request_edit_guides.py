"""What each step of a request is for, and which law asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.requests.vocabulary import Section

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Guide(NamedTuple):
    """Why a step asks what it asks, and the articles that want it."""

    words: _StrOrPromise
    citation: _StrOrPromise


GUIDES: dict[Section, Guide] = {
    Section.PARTIES: Guide(
        _("A protocol names both parties and their data protection officers."),
        _("E-government decree of 18 July 2008, art. 8; law of 30 July 2018, art. 20; GDPR art. 37."),
    ),
    Section.PURPOSES: Guide(
        _("Data may only be used for what it was collected for, or for what goes together with that."),
        _("GDPR art. 5(1)(b) and 6(4); law of 30 July 2018, art. 20."),
    ),
    Section.DATA: Guide(
        _("Ask only what you need. For each category you say why, and why less would not do."),
        _("GDPR art. 5(1)(c) and 9; law of 30 July 2018, art. 20."),
    ),
    Section.LEGAL_BASIS: Guide(
        _("Both parties need a ground: you to process the data, the other to give it."),
        _("GDPR art. 6(1) and 9(2); law of 30 July 2018, art. 20."),
    ),
    Section.RECIPIENTS: Guide(
        _("The protocol says who sees the data, by function, and whether it goes further."),
        _("GDPR art. 4(9) and 5(1)(f); law of 30 July 2018, art. 20."),
    ),
    Section.RHYTHM: Guide(
        _("By which route the data travels, how often and how much. Every exchange is later judged by this."),
        _("Law of 30 July 2018, art. 20; GDPR art. 5(1)(c)."),
    ),
    Section.DURATION: Guide(
        _("The protocol holds for a period, and the data is not kept longer than needed."),
        _("GDPR art. 5(1)(e); law of 30 July 2018, art. 20."),
    ),
    Section.SECURITY: Guide(
        _("What you promise here is part of the protocol, and can be checked."),
        _("GDPR art. 5(1)(f), 24 and 32."),
    ),
    Section.RIGHTS: Guide(
        _("The persons concerned must know of the exchange, and where to go with a question."),
        _("GDPR art. 12 to 23; law of 30 July 2018, art. 20."),
    ),
    Section.SANCTIONS: Guide(
        _("The protocol says what follows when a party does not keep to it."),
        _("Law of 30 July 2018, art. 20; GDPR art. 82 to 84."),
    ),
}
