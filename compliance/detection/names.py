"""Names under which detection keeps its place."""

from __future__ import annotations

from typing import Final

FOLLOWER: Final = "detection"
