"""``GET /metrics``: figures of the service in Prometheus's text format, for who operates it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from compliance.access.roles import Capability
from compliance.api.intake import refusals
from compliance.api.readers import ReaderAuthentication, require
from compliance.api.v1.tiles import AnyMedia
from compliance.ledger.metrics import HELP, Measure, measures
from compliance.retention.halt import halted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rest_framework.request import Request

FORMAT = "text/plain; version=0.0.4; charset=utf-8"
_REFUSED = "kbi_intake_refused_total"
_HALTED = "kbi_intake_halted"
_HELP = {
    **HELP,
    _REFUSED: "Requests that were refused because the service as a whole took nothing.",
    _HALTED: "Whether the service is halted while it is restored.",
}


class MetricsView(APIView):
    """Figures, for an operator's token or session."""

    schema = None  # its format is Prometheus's; it is no part of the JSON interface
    authentication_classes = (ReaderAuthentication,)
    permission_classes = (IsAuthenticated,)
    content_negotiation_class = AnyMedia
    http_method_names = ("get", "head", "options")

    def get(self, request: Request) -> HttpResponse:
        """Return the figures of this moment."""
        require(request.user, Capability.SEE_OPERATIONS)
        return HttpResponse("".join(_lines(_all())), content_type=FORMAT, headers={"Cache-Control": "no-store"})


def _all() -> Iterator[Measure]:
    yield from measures()
    yield Measure(_HALTED, {}, halted() is not None)
    for refusal, count in refusals().items():
        yield Measure(_REFUSED, {"reason": refusal.value}, count)


def _lines(found: Iterator[Measure]) -> Iterator[str]:
    """Write measures as Prometheus reads them: all of one name together, under what it means."""
    by_name: dict[str, list[Measure]] = {}
    for measure in found:
        by_name.setdefault(measure.name, []).append(measure)
    for name, same in by_name.items():
        kind = "counter" if name.endswith("_total") else "gauge"
        yield f"# HELP {name} {_HELP[name]}\n# TYPE {name} {kind}\n"
        for measure in same:
            labels = ",".join(f'{label}="{_escaped(value)}"' for label, value in measure.labels.items())
            yield f"{name}{{{labels}}} {float(measure.value):.17g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
