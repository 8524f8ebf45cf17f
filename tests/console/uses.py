"""Uses of VDAB's machtiging, as the follower would have counted them."""

from __future__ import annotations

from datetime import date
from typing import Any

from compliance.statistics.models import VersionUse
from compliance.statistics.vocabulary import UseKind

VDAB = "VTC-VB-2014-01"
MARCH = date(2016, 3, 1)


def used(kind: UseKind, code: str = "", count: int = 10, **changes: Any) -> None:
    """Keep a count of VDAB's, of March 2016 under version 1 unless said otherwise."""
    told = {"authorisation": f"{VDAB}/1", "partner": "VDAB", "month": MARCH, "environment": "production"}
    VersionUse.objects.create(**{**told, "verdict": "covered", "kind": kind, "code": code, "count": count, **changes})


def quarter_of_vdab() -> None:
    """Keep the first quarter of 2016: dossiers with identification and trajectory, and three that went beyond."""
    used(UseKind.EXCHANGE, count=1_234)
    used(UseKind.SERVICE, "KBI-DOSSIER/1.0", count=1_234)
    used(UseKind.REQUESTED, "IDENTIFICATION", count=1_234)
    used(UseKind.REQUESTED, "TRAJECTORY", count=700)
    used(UseKind.DELIVERED, "IDENTIFICATION", count=1_200)
    used(UseKind.PURPOSE, "JOB-MEDIATION", count=1_234)
    used(UseKind.LEGAL_BASIS, "VDAB-2004", count=1_234)
    used(UseKind.ROUTE, "MAGDA", count=1_234)
    used(UseKind.HOUR, "2-10", count=1_234)
    outside: dict[str, Any] = {"verdict": "category-outside", "count": 3}
    used(UseKind.EXCHANGE, **outside)
    used(UseKind.REASON, "category-outside/MEDICAL-EXEMPTION", **outside)
    used(UseKind.EXCHANGE, count=77, environment="acceptance")
