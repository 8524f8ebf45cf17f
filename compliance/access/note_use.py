"""Note when a credential was last used, to the minute; what is lost of it is no harm."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import Error, connection

if TYPE_CHECKING:
    from datetime import datetime

_MINUTE = 60
_noted: dict[int, int] = {}

# Whichever process is first in a minute writes; the others leave the row alone.
_WRITE = """
INSERT INTO compliance_clientcredentialuse AS kept (credential_id, last_used_at) VALUES (%s, %s)
ON CONFLICT (credential_id) DO UPDATE SET last_used_at = EXCLUDED.last_used_at
WHERE kept.last_used_at <= EXCLUDED.last_used_at - interval '1 minute'
"""


def note_use(*, credential: int, at: datetime) -> None:
    """Write that the credential was used, once a minute at the most. Called after the answer was sent."""
    minute = int(at.timestamp()) // _MINUTE
    if _noted.get(credential) == minute:
        return
    _noted[credential] = minute
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute(_WRITE, [credential, at])
