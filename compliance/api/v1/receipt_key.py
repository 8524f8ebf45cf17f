"""``GET /api/v1/receipt-key``: the public key with which anybody checks a receipt."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from compliance.api.openapi import reference
from compliance.ledger.keyring import keyring

if TYPE_CHECKING:
    from rest_framework.request import Request


class ReceiptKey(msgspec.Struct, frozen=True):
    """The ledger's origin and its Ed25519 public key, 32 bytes in base64."""

    origin: str
    algorithm: str
    public_key: str


class ReceiptKeyView(APIView):
    """The key is public: a receipt must be checkable by whom it is shown to."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ("get", "head", "options")

    @extend_schema(
        operation_id="getReceiptKey",
        summary="The public key of receipts",
        responses={(200, "application/json"): reference("ReceiptKey")},
    )
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002 - the framework's signature
        """Return the key."""
        public = keyring().receipts.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        key = ReceiptKey(settings.LOG_ORIGIN, "Ed25519", b64encode(public).decode())
        return HttpResponse(msgspec.json.encode(key), content_type="application/json")
