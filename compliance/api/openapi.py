"""The parts of the OpenAPI file that come from the typed structs rather than from serializers."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import msgspec

PROBLEM = "application/problem+json"
PROBLEM_RESPONSES = (400, 401, 403, 409, 413, 415, 422, 503)
_TEMPLATE = "#/components/schemas/{name}"


def reference(name: str) -> dict[str, str]:
    """Point to a component that :func:`add_components` adds."""
    return {"$ref": _TEMPLATE.format(name=name)}


def add_components(result: dict[str, Any], generator: object, request: object, public: bool) -> dict[str, Any]:  # noqa: ARG001, FBT001 - the hook's signature
    """Add the schemas of what is sent and answered."""
    answers = import_module("compliance.api.v1.answers")
    gate = import_module("compliance.api.access.described")
    types = [
        import_module("compliance.exchanges.submission").Submission,
        answers.RecordedExchange,
        answers.RecordedExchanges,
        import_module("compliance.api.problems").Problem,
        import_module("compliance.api.v1.receipt_key").ReceiptKey,
        import_module("compliance.api.v1.evidence").EvidenceOrder,
        import_module("compliance.api.v1.receipts").CheckedReceipts,
        *gate.TYPES,
        import_module("compliance.detection.dossiers.told").ToldDossier,
        import_module("compliance.detection.dossiers.tell_dossiers").DossiersTold,
        import_module("compliance.api.v1.tested").TestedExchanges,
        import_module("compliance.api.oauth.views").TokenAnswer,
        import_module("compliance.api.oauth.views").TokenRefusal,
    ]
    _, components = msgspec.json.schema_components(types, ref_template=_TEMPLATE)
    result.setdefault("components", {}).setdefault("schemas", {}).update(components)
    result["components"]["schemas"].update(gate.SCHEMAS)
    result["paths"] |= gate.PATHS
    result["components"]["schemas"] = dict(sorted(result["components"]["schemas"].items()))
    return result
