"""Addresses of the door for machines."""

from __future__ import annotations

from django.urls import path

from compliance.api.v1.dossiers import DossiersView
from compliance.api.v1.evidence import EvidenceView
from compliance.api.v1.exchanges import ExchangesView
from compliance.api.v1.policy import PolicyView
from compliance.api.v1.receipt_key import ReceiptKeyView
from compliance.api.v1.receipts import ReceiptsCheckView
from compliance.api.v1.self_test import SelfTestView

urlpatterns = [
    path("v1/authorisations/<str:code>/<int:number>/policy", PolicyView.as_view(), name="api-policy"),
    path("v1/dossiers", DossiersView.as_view(), name="api-dossiers"),
    path("v1/evidence", EvidenceView.as_view(), name="api-evidence"),
    path("v1/exchanges", ExchangesView.as_view(), name="api-exchanges"),
    path("v1/exchanges/test", SelfTestView.as_view(), name="api-exchanges-test"),
    path("v1/receipts/check", ReceiptsCheckView.as_view(), name="api-receipts-check"),
    path("v1/receipt-key", ReceiptKeyView.as_view(), name="api-receipt-key"),
]
