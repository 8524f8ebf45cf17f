"""Whether the exchanges are a replay, and on which scale."""

from __future__ import annotations

from fractions import Fraction

from compliance.registry.models import RegisterChange


def replay_scale() -> Fraction | None:
    """Return the scale of the newest replay, None when nothing was replayed. One query."""
    replay = RegisterChange.objects.filter(kind="demonstration", code="replay-2016").order_by("-version").first()
    return None if replay is None else Fraction(str(replay.state["scale"]))
