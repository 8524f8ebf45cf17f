"""One sentence a finding: what was seen, in the reader's language. No value about a person stands in it.

A template names its facts as ``%(name)s``; a fact that a finding does not have is written as a hyphen. A fact ``kind``
chooses among the templates of a detector (``detector/kind``). A plural goes by the number itself:
``ngettext_lazy(…, …, "name#")``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from compliance.detection.sentences_of_people import PEOPLE_SENTENCES
from compliance.detection.sentences_of_rules import RULE_SENTENCES
from compliance.detection.sentences_of_volumes import VOLUME_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

    from compliance.detection.detectors.finding import Fact

SENTENCES: Final[Mapping[str, StrPromise]] = {**PEOPLE_SENTENCES, **RULE_SENTENCES, **VOLUME_SENTENCES}
"""The template of each detector, and of each kind of what it finds."""

_UNKNOWN: Final = _("A detector that is no longer in use saw this.")


def sentence(detector: str, facts: Mapping[str, Fact]) -> str:
    """Return the sentence of a finding."""
    template = SENTENCES.get(f"{detector}/{facts.get('kind')}") or SENTENCES.get(detector)
    if template is None:
        return str(_UNKNOWN)
    written: dict[str, str | int] = defaultdict(lambda: "-")
    for name, fact in facts.items():
        if fact is not None:
            written[name] = _written(fact)
        if isinstance(fact, int):
            written[f"{name}#"] = fact
    return str(template % written)


def _written(fact: Fact) -> str:
    """Write a fact as people do: numbers with the marks of their language, and no more digits than tell something."""
    match fact:
        case bool() | str() | None:
            return str(fact)
        case int():
            return number_format(fact, use_l10n=True, force_grouping=True)
        case float():
            return number_format(f"{fact:.3g}" if abs(fact) < 1 else f"{fact:.1f}", use_l10n=True)
