"""Addresses of the door for machines."""

from __future__ import annotations

from django.urls import path

from compliance.api.v1.exchanges import ExchangesView
from compliance.api.v1.receipt_key import ReceiptKeyView

urlpatterns = [
    path("v1/exchanges", ExchangesView.as_view(), name="api-exchanges"),
    path("v1/receipt-key", ReceiptKeyView.as_view(), name="api-receipt-key"),
]
