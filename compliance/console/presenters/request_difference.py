"""What changed in a request since the newest advice on it, by section."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from compliance.console.presenters.word_difference import Piece, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.authorisations.requests.vocabulary import Section
    from compliance.console.presenters.facts import Fact


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact that says something else than it did."""

    label: str
    pieces: tuple[Piece, ...]


def present_changes(
    before: Mapping[Section, Sequence[Fact]], after: Mapping[Section, Sequence[Fact]]
) -> dict[Section, tuple[ChangedFact, ...]]:
    """Return the sections that changed, each with its facts that did; of one label, in their order."""
    changed = {section: tuple(_changed(before[section], after[section])) for section in after}
    return {section: facts for section, facts in changed.items() if facts}


def _changed(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[ChangedFact]:
    for label in dict.fromkeys(fact.label for fact in (*after, *before)):
        olds = [fact.value for fact in before if fact.label == label]
        news = [fact.value for fact in after if fact.label == label]
        for old, new in zip_longest(olds, news, fillvalue=""):
            if old != new:
                yield ChangedFact(label, difference(old, new))
