"""The names under which followers keep their cursors."""

from __future__ import annotations

from typing import Final

FOLLOWER: Final = "statistics"
USE_FOLLOWER: Final = "authorisation-use"
