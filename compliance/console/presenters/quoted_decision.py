"""What became of the question that was asked before an exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from compliance.authorisations.decision_id import Part
from compliance.console.presenters import words
from compliance.exchanges.vocabulary import DecisionFinding

if TYPE_CHECKING:
    from compliance.exchanges.leaf import LeafDecision

SENTENCES = {
    DecisionFinding.MATCHES: _("Yes, and it was allowed. What was exchanged is what was asked."),
    DecisionFinding.NOT_OURS: _("A decision was quoted that this service never gave."),
    DecisionFinding.DIFFERS: _("Something was asked, but not this exchange. It differs in: %(what)s."),
    DecisionFinding.AFTERWARDS: _("No: it was asked only after the exchange."),
    DecisionFinding.ANOTHER_TIME: _("It was asked for another moment, or too long before the exchange."),
    DecisionFinding.DENIED: _("Yes, and it was not allowed."),
    DecisionFinding.JUDGED_OTHERWISE: _(
        "Yes, and it was allowed by other terms: between the question and the record the authorisation changed, "
        "or a ceiling was reached."
    ),
}
PARTS = {
    Part.ASKER: _("who asked, or on whose behalf"),
    Part.SOURCE: _("who was asked"),
    Part.SERVICE: _("service"),
    Part.PURPOSE: _("purpose"),
    Part.LEGAL_BASIS: _("legal basis"),
    Part.ROUTE: _("route"),
    Part.ENVIRONMENT: _("environment"),
    Part.USER_GROUP: _("by hand or automatic, or the group of the user"),
    Part.CATEGORIES: _("data categories"),
}


def present_decision(decision: LeafDecision) -> str:
    """Say in a sentence what was found."""
    differs = [str(PARTS[Part(part)]) for part in decision.differs]
    return str(SENTENCES[DecisionFinding(decision.finding)]) % {"what": words.enumeration(differs)}
