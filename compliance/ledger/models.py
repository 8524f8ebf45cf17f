"""What the ledger keeps: entries (bytes), openings (who the bytes are about) and the persons' keys.

``Entry`` and ``Opening`` are partitioned by range of ``id`` in months; SQL migrations make all three,
because partitions and triggers are beyond the framework. ``log`` is part of every key: it is the
distribution column on more machines.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One leaf of a log, as canonical bytes, verbatim. Append-only; ``xid`` is the writing transaction."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.SmallIntegerField()
    id = models.UUIDField()
    xid = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    leaf = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_entry"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.id}"


class Opening(models.Model):
    """The salts and values behind a leaf's commitments that belong to one person, encrypted.

    ``position``: 0, 1, … the subjects in the leaf's order; -1 the user at the asker; -2 the fields
    that are absent (nothing personal, hence not encrypted: ``lookup`` is null). ``lookup`` is the
    keyed HMAC of the identifier and names the :class:`PersonKey`; ``dossier_lookup`` that of the
    dossier reference.
    """

    pk = models.CompositePrimaryKey("log", "id", "position")
    log = models.SmallIntegerField()
    id = models.UUIDField()
    position = models.SmallIntegerField()
    lookup = models.BinaryField(null=True)
    dossier_lookup = models.BinaryField(null=True)
    sealed = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_opening"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.id}/{self.position}"


class PersonKey(models.Model):
    """The key of one person's openings, wrapped by the key-encryption key, which the database never sees."""

    pk = models.CompositePrimaryKey("log", "lookup")
    log = models.SmallIntegerField()
    lookup = models.BinaryField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_person_key"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{bytes(self.lookup).hex()}"
