"""Sealing: positions of entries, tiles of hashes, heads, and what signers, witnesses and authorities said of them.

A position is 16 bytes in a row of 256, not a row of its own: catching up writes 256 times fewer rows,
and no index per entry slows it. What is appended is append-only; ``ledger_edge`` is the one row a
log's sealer moves, and everything in it can be computed again from the rest.

The index on the transaction is a B-tree: it grows at its right end, where inserting is cheap, and it knows of
a row at once. A BRIN index knows nothing of new pages until they are summarised, once a minute: a sealer that
looks five times a second would read that minute each time (ingest lost a third by it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = """
SET LOCAL lock_timeout = '5s';

CREATE INDEX ledger_entry_xid ON ledger_entry (xid);

CREATE TABLE ledger_edge (
    size bigint NOT NULL,
    first_xid bigint NOT NULL,
    last_xid bigint NOT NULL,
    sealed_through timestamptz NOT NULL,
    last_id uuid NOT NULL,
    log smallint NOT NULL,
    origin text NOT NULL,
    ids bytea NOT NULL,
    hashes bytea NOT NULL,
    CONSTRAINT ledger_edge_key PRIMARY KEY (log),
    CONSTRAINT ledger_edge_origin UNIQUE (origin, log)
);

CREATE TABLE ledger_position (
    tile bigint NOT NULL,
    first_xid bigint NOT NULL,
    last_xid bigint NOT NULL,
    log smallint NOT NULL,
    ids bytea NOT NULL,
    CONSTRAINT ledger_position_key PRIMARY KEY (log, tile),
    CONSTRAINT ledger_position_full CHECK (octet_length(ids) = 4096)
);
ALTER TABLE ledger_position ALTER ids SET STORAGE EXTERNAL;
CREATE INDEX ledger_position_xid ON ledger_position (log, last_xid);

CREATE TABLE ledger_tile (
    tile bigint NOT NULL,
    log smallint NOT NULL,
    level smallint NOT NULL,
    hashes bytea NOT NULL,
    CONSTRAINT ledger_tile_key PRIMARY KEY (log, level, tile),
    CONSTRAINT ledger_tile_full CHECK (octet_length(hashes) = 8192)
);
ALTER TABLE ledger_tile ALTER hashes SET STORAGE EXTERNAL;

CREATE TABLE ledger_head (
    size bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    log smallint NOT NULL,
    root bytea NOT NULL,
    CONSTRAINT ledger_head_key PRIMARY KEY (log, size)
);
CREATE INDEX ledger_head_time ON ledger_head (log, sealed_at);

CREATE TABLE ledger_checkpoint (
    size bigint NOT NULL,
    signed_at timestamptz NOT NULL,
    log smallint NOT NULL,
    note text NOT NULL,
    CONSTRAINT ledger_checkpoint_key PRIMARY KEY (log, size)
);

CREATE TABLE ledger_cosignature (
    size bigint NOT NULL,
    cosigned_at timestamptz NOT NULL,
    log smallint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    CONSTRAINT ledger_cosignature_key PRIMARY KEY (log, size, witness)
);
CREATE INDEX ledger_cosignature_witness ON ledger_cosignature (log, witness, size);

CREATE TABLE ledger_timestamp (
    size bigint NOT NULL,
    stamped_at timestamptz NOT NULL,
    log smallint NOT NULL,
    authority text NOT NULL,
    token bytea NOT NULL,
    CONSTRAINT ledger_timestamp_key PRIMARY KEY (log, size, authority)
);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'ledger_position', 'ledger_tile', 'ledger_head', 'ledger_checkpoint', 'ledger_cosignature', 'ledger_timestamp'
    ] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
    CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON ledger_edge
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
END $$;
"""

PRIVILEGES = (
    (
        "REVOKE UPDATE, DELETE ON ledger_position, ledger_tile, ledger_head, ledger_checkpoint, ledger_cosignature, "
        "ledger_timestamp FROM {app}"
    ),
    "REVOKE DELETE ON ledger_edge FROM {app}",
)


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role append, and move the edge."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for statement in PRIVILEGES:
        schema_editor.execute(sql.SQL(statement).format(app=app).as_string())


class Migration(migrations.Migration):
    """Positions, tiles, heads, checkpoints, cosignatures and timestamps."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0003_privileges")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "size", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("size", models.BigIntegerField()),
                ("signed_at", models.DateTimeField()),
                ("note", models.TextField()),
            ],
            options={
                "db_table": "ledger_checkpoint",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "size", "witness", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("size", models.BigIntegerField()),
                ("witness", models.TextField()),
                ("cosigned_at", models.DateTimeField()),
                ("line", models.TextField()),
            ],
            options={
                "db_table": "ledger_cosignature",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Edge",
            fields=[
                ("log", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("origin", models.TextField()),
                ("size", models.BigIntegerField()),
                ("first_xid", models.BigIntegerField()),
                ("last_xid", models.BigIntegerField()),
                ("last_id", models.UUIDField()),
                ("sealed_through", models.DateTimeField()),
                ("ids", models.BinaryField()),
                ("hashes", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_edge",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "size", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("size", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("root", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_head",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "tile", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("tile", models.BigIntegerField()),
                ("first_xid", models.BigIntegerField()),
                ("last_xid", models.BigIntegerField()),
                ("ids", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_position",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "level", "tile", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("level", models.SmallIntegerField()),
                ("tile", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_tile",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Timestamp",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "size", "authority", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.SmallIntegerField()),
                ("size", models.BigIntegerField()),
                ("authority", models.TextField()),
                ("stamped_at", models.DateTimeField()),
                ("token", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_timestamp",
                "managed": False,
            },
        ),
        migrations.RunSQL(TABLES, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
