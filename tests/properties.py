"""How properties are tried: a machine that is busy with something else is no reason to fail."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
