"""The fact that the exchanges of 2016 are a replay: at which scale, from which seed, and whether it is complete.

It stands in the register, so that every page that shows figures can say so.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from compliance.kernel.errors import ConflictError
from compliance.registry.append_change import append_change, lock_register
from compliance.registry.models import RegisterChange

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor

KIND, CODE = "demonstration", "replay-2016"


class Demonstration(NamedTuple):
    """A replay that was begun."""

    scale: Fraction
    seed: int
    complete: bool = False


class OtherReplayError(ConflictError):
    """Exchanges were replayed before, at another scale or from another seed."""

    problem_type = "other-replay"
    title = "Another replay stands in this database."


def demonstration() -> Demonstration | None:
    """Return the replay that stands in the database. One query."""
    newest = RegisterChange.objects.filter(kind=KIND, code=CODE).order_by("-version").first()
    if newest is None:
        return None
    state = newest.state
    return Demonstration(Fraction(state["scale"]), int(state["seed"]), bool(state["complete"]))


@transaction.atomic
def begin_demonstration(*, scale: Fraction, seed: int, actor: Actor) -> Demonstration:
    """State that a replay begins, or return how far the same one has come. One transaction.

    Raises :class:`OtherReplayError` for a second scale or seed: what was recorded cannot be unrecorded.
    """
    lock_register()
    standing = demonstration()
    if standing is None:
        standing = Demonstration(scale, seed)
        _state(standing, actor, "A replay of the published year begins.")
    elif (standing.scale, standing.seed) != (scale, seed):
        detail = (
            f"This database holds a replay of 2016 at scale {standing.scale} from seed {standing.seed}, and "
            "records are never removed. Give that scale and seed, or begin with an empty database."
        )
        raise OtherReplayError(detail)
    return standing


@transaction.atomic
def complete_demonstration(*, scale: Fraction, seed: int, actor: Actor) -> None:
    """State that all exchanges of a replay are recorded. One transaction."""
    _state(Demonstration(scale, seed, complete=True), actor, "The replay of the published year is complete.")


def _state(said: Demonstration, actor: Actor, reason: str) -> None:
    state = {"scale": str(said.scale), "seed": said.seed, "complete": said.complete}
    append_change(kind=KIND, code=CODE, state=state, actor=actor, reason=reason)
