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
    """The key of one person's openings, wrapped by the key-encryption key, which the database never sees.

    ``number_range`` is a pseudonym that the person shares with those whose national numbers are near, or null.
    """

    pk = models.CompositePrimaryKey("log", "lookup")
    log = models.SmallIntegerField()
    lookup = models.BinaryField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    number_range = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "ledger_person_key"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{bytes(self.lookup).hex()}"


class Edge(models.Model):
    """The right edge of a log's tree: the one row that its sealer moves.

    Everything up to the key (``last_xid``, ``last_id``) is sealed. ``ids`` are those of the tile of leaves
    that is not full yet, of which ``first_xid`` wrote the first; ``hashes`` the tiles that are not full yet,
    from the leaves up. ``sealed_through`` is when all that was committed was last found sealed.
    """

    log = models.SmallIntegerField(primary_key=True)
    origin = models.TextField()
    size = models.BigIntegerField()
    first_xid = models.BigIntegerField()
    last_xid = models.BigIntegerField()
    last_id = models.UUIDField()
    sealed_through = models.DateTimeField()
    ids = models.BinaryField()
    hashes = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_edge"

    def __str__(self) -> str:
        """Return the log and its size."""
        return f"{self.log}: {self.size}"


class Position(models.Model):
    """Which entries are the 256 leaves of one tile, in order: their identifiers, and who wrote the first and last."""

    pk = models.CompositePrimaryKey("log", "tile")
    log = models.SmallIntegerField()
    tile = models.BigIntegerField()
    first_xid = models.BigIntegerField()
    last_xid = models.BigIntegerField()
    ids = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_position"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.tile}"


class Tile(models.Model):
    """256 hashes of one level of a log's tree. Append-only."""

    pk = models.CompositePrimaryKey("log", "level", "tile")
    log = models.SmallIntegerField()
    level = models.SmallIntegerField()
    tile = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_tile"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.level}/{self.tile}"


class Head(models.Model):
    """The root of a log at a size, and when it was sealed. Append-only."""

    pk = models.CompositePrimaryKey("log", "size")
    log = models.SmallIntegerField()
    size = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    root = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_head"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.size}"


class Checkpoint(models.Model):
    """A head as the signer signed it: a C2SP signed note. Append-only."""

    pk = models.CompositePrimaryKey("log", "size")
    log = models.SmallIntegerField()
    size = models.BigIntegerField()
    signed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_checkpoint"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.size}"


class Cosignature(models.Model):
    """A witness's signature line under a checkpoint. Append-only."""

    pk = models.CompositePrimaryKey("log", "size", "witness")
    log = models.SmallIntegerField()
    size = models.BigIntegerField()
    witness = models.TextField()
    cosigned_at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        managed = False
        db_table = "ledger_cosignature"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.size}/{self.witness}"


class Timestamp(models.Model):
    """An authority's RFC 3161 token over a checkpoint. Append-only."""

    pk = models.CompositePrimaryKey("log", "size", "authority")
    log = models.SmallIntegerField()
    size = models.BigIntegerField()
    authority = models.TextField()
    stamped_at = models.DateTimeField()
    token = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_timestamp"

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.log}/{self.size}/{self.authority}"
