"""Looking at a page as a careful tester does: the console, the width, and axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

Colours = Literal["light", "dark"]

WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_AXE = Axe()


def complaints_of(page: Page) -> list[str]:
    """Return a list that grows with everything that the browser complains of, such as a refused style."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def faults_of(page: Page, *, colours: Sequence[Colours] = ("light", "dark")) -> list[str]:
    """Return what is wrong with the page as it stands, at both widths, in light and in dark."""
    faults = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        overflow = page.evaluate(_OVERFLOW)
        if overflow > 0:
            faults.append(f"{size['width']}: {overflow} pixels too wide")
        for scheme in colours:
            page.emulate_media(color_scheme=scheme)
            for violation in _AXE.run(page).response["violations"]:
                targets = [node["html"][:160] for node in violation["nodes"][:3]]
                faults.append(f"{size['width']} {scheme}: {violation['id']}: {violation['help']}: {targets}")
    return faults
