"""The schemas of the entries that the ledger makes about itself."""

from __future__ import annotations

ERASURE = "kbi-audit/erasure/1"
HOLD = "kbi-audit/hold/1"
HOLD_RELEASE = "kbi-audit/hold-release/1"
DESTRUCTION = "kbi-audit/destruction/1"
RESTORATION = "kbi-audit/restoration/1"
