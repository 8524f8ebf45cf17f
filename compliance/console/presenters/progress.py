"""Steps and progress in words, with a tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from compliance.connecting.municipal_progress import Progress
from compliance.console.presenters.badge import Badge

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from compliance.connecting.models import Connection
    from compliance.console.presenters.badge import Tone

PROGRESS: dict[Progress, tuple[str | Promise, Tone]] = {
    Progress.NOT_BEGUN: (gettext_lazy("not begun"), "calm"),
    Progress.ANALYSIS: (gettext_lazy("in analysis"), "open"),
    Progress.ACCEPTANCE: (gettext_lazy("in acceptance"), "open"),
    Progress.TESTS_PASSED: (gettext_lazy("testing"), "open"),
    Progress.PRODUCTION: (gettext_lazy("ready for production"), "open"),
    Progress.CONNECTED: (gettext_lazy("in production"), "good"),
}
ON_THE_BOARD = tuple(one for one in Progress if one is not Progress.NOT_BEGUN)


def progress_of(connection: Connection) -> Progress:
    """Return how far a connection is."""
    return Progress.CONNECTED if connection.connected_on is not None else Progress(connection.step)


def progress_words(progress: Progress) -> str:
    """Say how far."""
    return str(PROGRESS[progress][0])


def present_progress(progress: Progress) -> Badge:
    """Say how far, as a badge."""
    words, tone = PROGRESS[progress]
    return Badge(str(words), tone)
