"""The oversight list in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.console.presenters.acts import PresentedAct, present_acts

if TYPE_CHECKING:
    from compliance.console.act_page import ActFilter, ActPage
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class ActList:
    """What the template of the oversight list needs."""

    address: str
    acts: tuple[PresentedAct, ...]
    narrowed: bool
    older: str


def present_act_list(*, page: ActPage, narrowed: ActFilter, names: Names, door: Door) -> ActList:
    """Put a page of acts into words."""
    query = narrowed.query()
    return ActList(
        address=door.address("oversight"),
        acts=present_acts(acts=page.acts, names=names, door=door),
        narrowed=bool(query),
        older=door.address("oversight", query={**query, "before": str(page.acts[-1].id)}) if page.older else "",
    )
