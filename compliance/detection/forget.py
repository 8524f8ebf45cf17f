"""Forget who was erased: in profiles, dossiers and findings, in the transaction that erases."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from compliance.detection.marks import mark_looked_at
from compliance.detection.models import Dossier, Finding, KnownUse, PairDay, PersonForTests, UserDay
from compliance.detection.turn import take_turn
from compliance.kernel.record_id import started_at

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID


def forget(*, persons: Collection[bytes], exchanges: Collection[UUID], at: datetime) -> None:
    """Forget persons (by pseudonym) of whom nothing is left, and have the days of these exchanges looked at again.

    In the caller's transaction, which waits for who looks at a day: what was read before is not written after. A
    finding stays, about nobody: its key, which was made of the person, is made anew.
    """
    with connection.cursor() as database:
        take_turn(database, wait=True)
    numbers = [int.from_bytes(person[:8], signed=True) for person in persons]
    if numbers:
        about = Q(user__in=numbers) | Q(person__in=numbers)
        PairDay.objects.filter(about).delete()
        UserDay.objects.filter(user__in=numbers).delete()
        KnownUse.objects.filter(user__in=numbers).delete()
        Dossier.objects.filter(Q(person__in=numbers) | Q(dossier__in=numbers)).delete()
        Dossier.objects.filter(holder__in=numbers).update(holder=None)
        PersonForTests.objects.filter(person__in=numbers).delete()
        for finding in Finding.objects.select_for_update().filter(about).order_by("id"):
            finding.user = None if finding.user in numbers else finding.user
            finding.person = None if finding.person in numbers else finding.person
            finding.key = secrets.token_hex(16)
            finding.save(update_fields=["user", "person", "key"])
    mark_looked_at([started_at(exchange) for exchange in exchanges], at=at)
