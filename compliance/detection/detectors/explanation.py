"""Why a look-up may have been made: explain before you alarm."""

from __future__ import annotations

from enum import StrEnum


class Explanation(StrEnum):
    """The explanation of a look-up, the strongest that holds."""

    DIRECT = "direct"  # a dossier of this person at this partner, valid then
    TEAM = "team"  # a colleague had one in the days before
    ROLE = "role"  # a machine, for a registered batch purpose
    NONE = "none"
