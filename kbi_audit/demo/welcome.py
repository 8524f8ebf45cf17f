"""What the demo says when it is open."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.urls import reverse

from kbi_audit.embedded.home import HOME

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine

PERIOD = "?from=2016-01&to=2016-12&compare=2015"
WELCOME = """
KBI Audit is ready after {seconds:.0f} s:

    {address}

Sign in with the password  {password}  as
    officer          privacy officer: what needs attention, the figures, every exchange
    auditor          finds and exports a trail
    operator         keeps the register
    vdab-dpo         a partner: sees VDAB's exchanges only
    vmsw-requester   another partner, who sees nothing of VDAB's
and, to see what is refused, second-officer, vdab-requester and nobody.

Look first at the figures of 2016, as the minister gave them to parliament:

    {address}{figures}

Then at what proves that nobody changed them: heads signed and witnessed as they grow, and the proof of any record:

    {address}{proof}

Systems report to {address}/api/v1/exchanges with the token
    {token}

Logs are in {logs}. Ctrl-C stops everything; the next `make demo` goes on with what is there.
"""


def welcome(*, made: Machine, seconds: float) -> str:
    """Return the text."""
    return WELCOME.format(
        seconds=seconds,
        address=os.environ["SITE_URL"],
        password=made.demo_password,
        token=made.demo_token,
        figures=reverse("statistics") + PERIOD,
        proof=reverse("proof"),
        logs=HOME / "logs",
    )
