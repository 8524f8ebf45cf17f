"""Samples as a vendor sends them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from compliance.kernel.clock import now
from compliance.simulation.numbers import synthetic_insz
from tests.connecting.partners import OCMW, VENDOR


def sample(**changes: Any) -> dict[str, Any]:
    """Return a covered exchange of an OCMW, asked by its vendor in acceptance; ``None`` leaves a field out."""
    fields: dict[str, Any] = {
        "message_reference": "TEST-1",
        "producer": OCMW,
        "producer_sequence": 1,
        "started_at": (now() - timedelta(minutes=1)).isoformat(timespec="seconds"),
        "asker": {"organisation": VENDOR, "on_behalf_of": OCMW, "application": "Sociaal huis"},
        "source": "KBI",
        "service": {"code": "KBI-DOSSIER", "version": "2.0"},
        "purpose": "SOCIAL-SERVICE",
        "legal_basis": "OCMW-1976-ART-57",
        "route": "MAGDA-KSZ",
        "direction": "provided",
        "outcome": "succeeded",
        "environment": "acceptance",
        "subjects": [{"kind": "insz", "value": synthetic_insz(1)}],
        "categories_requested": ["IDENTIFICATION", "TRAJECTORY"],
        "categories_delivered": ["IDENTIFICATION"],
        "chain": {"correlation_id": "C-1", "request_id": "R-1"},
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def written(*samples: Any) -> bytes:
    """Return samples as JSON: one alone, or an array."""
    return json.dumps(samples[0] if len(samples) == 1 else samples).encode()
