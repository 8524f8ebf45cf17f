"""Addresses of what machines read without asking anything: the logs' tiles, and the service's metrics."""

from __future__ import annotations

from django.urls import path

from compliance.api.v1.metrics import MetricsView
from compliance.api.v1.tiles import CheckpointView, EntriesView, TileView

urlpatterns = [
    path("metrics", MetricsView.as_view(), name="metrics"),
    path("ledger/<str:log>/checkpoint", CheckpointView.as_view(), name="ledger-checkpoint"),
    path("ledger/<str:log>/tile/entries/<path:number>", EntriesView.as_view(), name="ledger-entries"),
    path("ledger/<str:log>/tile/<str:level>/<path:number>", TileView.as_view(), name="ledger-tile"),
]
