"""The name under which statistics keep their cursor."""

from __future__ import annotations

from typing import Final

FOLLOWER: Final = "statistics"
