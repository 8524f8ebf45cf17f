"""Erasures, holds, destructions of months, and halts; and the only ways in which anything leaves the big tables.

An opening leaves only in a transaction that recorded its erasure, a month only in one that recorded its
destruction, and neither while it is held: triggers say so to the service, to the owner and to a superuser
alike. Who switches triggers off, or records an erasure without saying so in the log, is found by verification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import migrations
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = """
SET LOCAL lock_timeout = '5s';

-- One row a target. The transaction stands in the key: after a restore the same erasure is carried out again.
CREATE TABLE ledger_erasure (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    id uuid NOT NULL,
    entry uuid NOT NULL,
    log smallint NOT NULL,
    position smallint NOT NULL,
    fields text[] NOT NULL,
    CONSTRAINT ledger_erasure_key PRIMARY KEY (id, log, position, entry, xid)
);
CREATE INDEX ledger_erasure_entry ON ledger_erasure (entry, log);
CREATE INDEX ledger_erasure_xid ON ledger_erasure (xid);

CREATE TABLE ledger_hold (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    id uuid NOT NULL,
    entry uuid NOT NULL,
    log smallint NOT NULL,
    position smallint,
    CONSTRAINT ledger_hold_key UNIQUE NULLS NOT DISTINCT (entry, log, id, position)
);
CREATE INDEX ledger_hold_record ON ledger_hold (id, log);

CREATE TABLE ledger_hold_release (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    entry uuid NOT NULL,
    hold uuid NOT NULL,
    log smallint NOT NULL,
    CONSTRAINT ledger_hold_release_key PRIMARY KEY (hold, log)
);

CREATE TABLE ledger_destruction (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    entry uuid NOT NULL,
    month date NOT NULL,
    log smallint NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT ledger_destruction_key PRIMARY KEY (month, log),
    CONSTRAINT ledger_destruction_month CHECK (month = date_trunc('month', month::timestamp)::date)
);

-- Leaves that came back from their copies, without openings: see docs/retention.md.
CREATE TABLE ledger_restoration (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    first bigint NOT NULL,
    until bigint NOT NULL,
    entry uuid NOT NULL,
    log smallint NOT NULL,
    CONSTRAINT ledger_restoration_key PRIMARY KEY (log, first, entry),
    CONSTRAINT ledger_restoration_range CHECK (first < until)
);

CREATE TABLE ledger_least_term (
    class text NOT NULL,
    years integer NOT NULL,
    CONSTRAINT ledger_least_term_key PRIMARY KEY (class),
    CONSTRAINT ledger_least_term_years CHECK (years BETWEEN 1 AND 100)
);
INSERT INTO ledger_least_term (class, years) VALUES ('ten-years', 10), ('thirty-years', 30);

CREATE TABLE ledger_halt (
    number bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    is_halted boolean NOT NULL,
    reason text NOT NULL,
    CONSTRAINT ledger_halt_key PRIMARY KEY (number)
);
"""

HOLDS = """
-- Held are the records that a hold names, and all others of the persons whose openings it names.
CREATE FUNCTION held_records(asked smallint) RETURNS TABLE (id uuid, hold uuid)
LANGUAGE sql STABLE SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    WITH active AS MATERIALIZED (
             SELECT h.id, h.entry, h.position FROM ledger_hold h
              WHERE h.log = asked
                AND NOT EXISTS (SELECT FROM ledger_hold_release r WHERE r.hold = h.entry AND r.log = h.log)
         ),
         person AS MATERIALIZED (
             SELECT DISTINCT o.lookup, active.entry FROM active
               JOIN ledger_opening o ON o.id = active.id AND o.log = asked AND o.position = active.position
              WHERE active.position IS NOT NULL
         )
    SELECT active.id, active.entry FROM active
    UNION
    SELECT o.id, person.entry FROM person JOIN ledger_opening o ON o.lookup = person.lookup AND o.log = asked
$$;
"""

TRIGGERS = """
-- The bytes of an entry, read as JSON.
CREATE FUNCTION entry_json(asked uuid, asked_log smallint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT convert_from(leaf, 'UTF8')::jsonb FROM ledger_entry WHERE id = asked AND log = asked_log
$$;

-- What rows say is what their entry says, no more and no less, and the transaction that they name wrote them.
CREATE FUNCTION require_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    told record;
    said jsonb;
    agree boolean;
BEGIN
    IF EXISTS (SELECT FROM added WHERE added.xid <> pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'a row of % is written by the transaction that it names', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR told IN SELECT DISTINCT entry, log FROM added LOOP
        said := entry_json(told.entry, told.log);
        agree := said ->> 'schema' = TG_ARGV[0];
        IF agree THEN
            CASE TG_TABLE_NAME
                WHEN 'ledger_erasure' THEN
                    agree := NOT EXISTS (
                        SELECT FROM (SELECT a.id, a.position, a.fields FROM added a
                                      WHERE a.entry = told.entry AND a.log = told.log) AS kept
                          FULL JOIN (SELECT (target ->> 0)::uuid AS id, (target ->> 1)::smallint AS position,
                                            ARRAY(SELECT jsonb_array_elements_text(target -> 2)) AS fields
                                       FROM jsonb_array_elements(said -> 'targets') AS target) AS said_so
                         USING (id, position, fields)
                         WHERE kept.id IS NULL OR said_so.id IS NULL);
                WHEN 'ledger_hold' THEN
                    agree := NOT EXISTS (
                        SELECT FROM (SELECT a.id, coalesce(a.position, -32768) AS position FROM added a
                                      WHERE a.entry = told.entry AND a.log = told.log) AS kept
                          FULL JOIN (SELECT (target ->> 0)::uuid AS id,
                                            coalesce((target ->> 1)::smallint, -32768) AS position
                                       FROM jsonb_array_elements(said -> 'targets') AS target) AS said_so
                         USING (id, position)
                         WHERE kept.id IS NULL OR said_so.id IS NULL);
                WHEN 'ledger_hold_release' THEN
                    agree := NOT EXISTS (SELECT FROM added a WHERE a.entry = told.entry AND a.log = told.log
                                            AND a.hold::text IS DISTINCT FROM said ->> 'hold');
                WHEN 'ledger_destruction' THEN
                    agree := NOT EXISTS (SELECT FROM added a WHERE a.entry = told.entry AND a.log = told.log
                                            AND (to_char(a.month, 'YYYY-MM') IS DISTINCT FROM said ->> 'month'
                                                 OR convert_from(a.leaf, 'UTF8')::jsonb IS DISTINCT FROM said));
                WHEN 'ledger_restoration' THEN
                    agree := NOT EXISTS (SELECT FROM added a WHERE a.entry = told.entry AND a.log = told.log
                                            AND (a.first::text IS DISTINCT FROM said ->> 'first'
                                                 OR a.until::text IS DISTINCT FROM said ->> 'until'));
            END CASE;
        END IF;
        IF agree IS NOT TRUE THEN
            RAISE EXCEPTION 'rows of % say what an entry of the log says', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege', HINT = 'Append the entry first.';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_unrecorded_erasure() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM ledger_erasure e WHERE e.id = gone.id AND e.log = gone.log AND e.position = gone.position
               AND e.xid = pg_current_xact_id()::text::bigint)) THEN
        RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'An opening goes with the record of its erasure.';
    END IF;
    IF EXISTS (SELECT FROM gone JOIN ledger_hold h ON h.id = gone.id AND h.log = gone.log
               WHERE NOT EXISTS (SELECT FROM ledger_hold_release r WHERE r.hold = h.entry AND r.log = h.log))
       OR EXISTS (SELECT FROM gone WHERE gone.lookup IN (
               SELECT o.lookup FROM ledger_hold h
                 JOIN ledger_opening o ON o.id = h.id AND o.log = h.log AND o.position = h.position
                WHERE NOT EXISTS (SELECT FROM ledger_hold_release r WHERE r.hold = h.entry AND r.log = h.log))) THEN
        RAISE EXCEPTION 'on hold: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'object_in_use', HINT = 'A recorded decision releases a hold.';
    END IF;
    RETURN NULL;
END $$;

-- A key may go when nothing is left that it opens, and only with an erasure or a destruction.
CREATE FUNCTION refuse_needed_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    IF EXISTS (SELECT FROM gone)
       AND NOT EXISTS (SELECT FROM ledger_erasure e WHERE e.xid = pg_current_xact_id()::text::bigint)
       AND NOT EXISTS (SELECT FROM ledger_destruction d WHERE d.xid = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'A key goes with the record of an erasure.';
    END IF;
    IF EXISTS (SELECT FROM gone JOIN ledger_opening o ON o.lookup = gone.lookup AND o.log = gone.log) THEN
        RAISE EXCEPTION 'a key is needed as long as there is an opening that it opens'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_undestroyed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM gone WHERE NOT EXISTS (
            SELECT FROM ledger_destruction d
             WHERE d.xid = pg_current_xact_id()::text::bigint
               AND gone.id >= uuid_floor(d.month::timestamp AT TIME ZONE 'UTC')
               AND gone.id < uuid_floor((d.month + interval '1 month') AT TIME ZONE 'UTC'))) THEN
        RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', HINT = 'An act goes with its month, when that is destroyed.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION guard(guarded regclass, guardian text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS append_only ON %s', guarded);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', guarded);
    EXECUTE format('CREATE TRIGGER goes_with_a_record AFTER DELETE ON %s REFERENCING OLD TABLE AS gone '
                   'FOR EACH STATEMENT EXECUTE FUNCTION %I()', guarded, guardian);
END $$;
REVOKE ALL ON FUNCTION guard(regclass, text) FROM PUBLIC;

SELECT guard(relid, 'refuse_unrecorded_erasure') FROM pg_partition_tree('ledger_opening');
SELECT guard('ledger_person_key', 'refuse_needed_key');
SELECT guard('oversight_act', 'refuse_undestroyed');

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'ledger_erasure', 'ledger_hold', 'ledger_hold_release', 'ledger_destruction', 'ledger_restoration', 'ledger_halt'
    ] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['erasure', 'hold', 'hold-release', 'destruction', 'restoration'] LOOP
        EXECUTE format('CREATE TRIGGER stands_in_the_log AFTER INSERT ON %I REFERENCING NEW TABLE AS added '
                       'FOR EACH STATEMENT EXECUTE FUNCTION require_entry(%L)',
                       'ledger_' || replace(name, '-', '_'), 'kbi-audit/' || name || '/1');
    END LOOP;
END $$;
"""

# SECURITY DEFINER: the service may not delete; it may have carried out what its transaction has recorded.
FUNCTIONS = """
-- Conflicts with every writer of openings, and is taken before anything is read: see docs/decisions/0020-erasure.md.
CREATE FUNCTION lock_openings() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '10s' AS $$
BEGIN
    LOCK TABLE ONLY ledger_opening IN SHARE ROW EXCLUSIVE MODE;
END $$;

CREATE FUNCTION erase_openings(entries uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    erased bigint;
BEGIN
    DELETE FROM ledger_opening o USING ledger_erasure e
     WHERE e.xid = pg_current_xact_id()::text::bigint AND e.entry = ANY (entries)
       AND o.id = e.id AND o.log = e.log AND o.position = e.position;
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END $$;

CREATE FUNCTION shred_keys(asked smallint, persons bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    shredded bigint;
BEGIN
    DELETE FROM ledger_person_key k
     WHERE k.log = asked AND k.lookup = ANY (persons)
       AND NOT EXISTS (SELECT FROM ledger_opening o WHERE o.lookup = k.lookup AND o.log = k.log);
    GET DIAGNOSTICS shredded = ROW_COUNT;
    RETURN shredded;
END $$;

CREATE FUNCTION destroy_month(month date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    first timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    next timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    suffix text := to_char(first AT TIME ZONE 'UTC', '"_y"YYYY"m"MM');
    kept ledger_least_term;
    is_kept boolean;
    parent text;
    persons bytea[];
    asked smallint;
    shredded bigint := 0;
BEGIN
    IF next + make_interval(years => (SELECT min(years) FROM ledger_least_term)) > now() THEN
        RAISE EXCEPTION 'the least term of % is not past', to_char(first AT TIME ZONE 'UTC', 'YYYY-MM')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM ledger_destruction d
                    WHERE d.month = (first AT TIME ZONE 'UTC')::date AND d.xid = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'a month goes with the record of its destruction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Nobody writes from here on; readers are kept out only while the tables go.
    PERFORM lock_openings();
    FOR kept IN SELECT * FROM ledger_least_term t WHERE next + make_interval(years => t.years) > now() LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE position(convert_to(%L, ''UTF8'') IN leaf) > 0)',
                       'ledger_entry' || suffix, format('"retention":"%s"', kept.class)) INTO is_kept;
        IF is_kept THEN
            RAISE EXCEPTION 'a record of % is kept for % years', to_char(first AT TIME ZONE 'UTC', 'YYYY-MM'), kept.years
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    FOR asked IN SELECT DISTINCT h.log FROM ledger_hold h LOOP
        IF EXISTS (SELECT FROM held_records(asked) h WHERE h.id >= uuid_floor(first) AND h.id < uuid_floor(next)) THEN
            RAISE EXCEPTION 'on hold: a record of % is held', to_char(first AT TIME ZONE 'UTC', 'YYYY-MM')
                USING ERRCODE = 'object_in_use', HINT = 'A recorded decision releases a hold.';
        END IF;
    END LOOP;
    CREATE TEMP TABLE destroyed_person (log smallint, lookup bytea) ON COMMIT DROP;
    EXECUTE format('INSERT INTO pg_temp.destroyed_person SELECT DISTINCT log, lookup FROM %I WHERE lookup IS NOT NULL',
                   'ledger_opening' || suffix);
    -- In the order in which writers lock them.
    LOCK TABLE ONLY ledger_opening IN ACCESS EXCLUSIVE MODE;
    LOCK TABLE ONLY ledger_entry IN ACCESS EXCLUSIVE MODE;
    LOCK TABLE ONLY exchanges_exchange IN ACCESS EXCLUSIVE MODE;
    FOREACH parent IN ARRAY ARRAY['ledger_opening', 'ledger_entry', 'exchanges_exchange'] LOOP
        EXECUTE format('DROP TABLE %I', parent || suffix);
    END LOOP;
    DELETE FROM oversight_act a WHERE a.id >= uuid_floor(first) AND a.id < uuid_floor(next);
    FOR asked, persons IN SELECT p.log, array_agg(p.lookup) FROM pg_temp.destroyed_person p GROUP BY p.log LOOP
        shredded := shredded + shred_keys(asked, persons);
    END LOOP;
    DROP TABLE pg_temp.destroyed_person;
    RETURN shredded;
END $$;

CREATE OR REPLACE FUNCTION make_month(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    next timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    parent text;
    part text;
    grantee text;
    made boolean := false;
BEGIN
    IF first < timestamptz '2000-01-01 00:00:00+00' OR first > now() + interval '100 days' THEN
        RAISE EXCEPTION 'no partition may be made for %', to_char(first AT TIME ZONE 'UTC', 'YYYY-MM')
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM ledger_destruction d WHERE d.month = (first AT TIME ZONE 'UTC')::date) THEN
        RAISE EXCEPTION 'no partition may be made for %: its records were destroyed at the end of their term',
            to_char(first AT TIME ZONE 'UTC', 'YYYY-MM') USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('make_month'));
    FOREACH parent IN ARRAY ARRAY['ledger_entry', 'ledger_opening', 'exchanges_exchange'] LOOP
        part := parent || to_char(first AT TIME ZONE 'UTC', '"_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
        FOR grantee IN SELECT DISTINCT g.grantee FROM information_schema.role_table_grants g
                       WHERE g.table_schema = 'public' AND g.table_name = part AND g.grantee <> current_user LOOP
            EXECUTE format('REVOKE ALL ON %I FROM %I', part, grantee);
        END LOOP;
        IF parent = 'ledger_opening' THEN
            PERFORM guard(part::regclass, 'refuse_unrecorded_erasure');
        ELSE
            EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                           'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
        END IF;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       parent, part, uuid_floor(first), uuid_floor(next));
        made := true;
    END LOOP;
    RETURN made;
END $$;

REVOKE ALL ON FUNCTION lock_openings(), erase_openings(uuid[]), shred_keys(smallint, bytea[]), destroy_month(date) FROM PUBLIC;
"""

PRIVILEGES = (
    "REVOKE UPDATE, DELETE ON ledger_erasure, ledger_hold, ledger_hold_release FROM {app}",
    "REVOKE UPDATE, DELETE ON ledger_destruction, ledger_restoration, ledger_halt FROM {app}",
    "REVOKE INSERT, UPDATE, DELETE ON ledger_least_term FROM {app}",
    "GRANT EXECUTE ON FUNCTION lock_openings(), erase_openings(uuid[]), shred_keys(smallint, bytea[]) TO {app}",
    "GRANT EXECUTE ON FUNCTION destroy_month(date) TO {app}",
)


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role record erasures, holds and destructions, and have them carried out."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for statement in PRIVILEGES:
        schema_editor.execute(sql.SQL(statement).format(app=app).as_string())


class Migration(migrations.Migration):
    """Erasure, hold, destruction, halt."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0004_sealing")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(HOLDS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
