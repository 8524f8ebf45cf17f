"""A question to the gate, which VDAB's authorisation allowed in March 2016."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from compliance.access.issue_token import issue_token
from compliance.access.models import MachineClient
from compliance.kernel.actor import system
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from django.test import Client

ONE, SEVERAL = "/access/v1/evaluation", "/access/v1/evaluations"
MOMENT = "2016-03-01T10:14:03+01:00"


def question(**changes: Any) -> dict[str, Any]:
    """Return a question; a change names a member as ``subject__properties__user_group``, and ``None`` leaves it out."""
    asked: dict[str, Any] = {
        "subject": {"type": "organisation", "id": "VDAB", "properties": {"application": "Mijn loopbaan"}},
        "action": {"name": "receive", "properties": {"purpose": "JOB-MEDIATION", "legal_basis": "VDAB-2004"}},
        "resource": {
            "type": "service",
            "id": "KBI-DOSSIER/1.0",
            "properties": {"source": "KBI", "categories": ["IDENTIFICATION", "TRAJECTORY"]},
        },
        "context": {"route": "MAGDA", "time": MOMENT},
    }
    for path, value in changes.items():
        *above, name = path.split("__")
        at = asked
        for step in above:
            at = at[step]
        if value is None:
            at.pop(name, None)
        else:
            at[name] = value
    return asked


def ask(client: Client, token: str, body: object, *, path: str = ONE, **headers: str) -> Any:
    """Ask as the holder of a token."""
    octets = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(
        path,
        octets,
        "application/json",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "en", **headers},
    )


def client_of_partner(code: str) -> str:
    """Make a system of a partner's own, and return its token."""
    client = MachineClient(name=f"{code.lower()}-system", organisation=Organisation.objects.get(code=code))
    return issue_token(client=client, actor=system("test"), reason="test")
