"""The big tables: append-only, partitioned by month of the identifier, made in SQL.

Partitions, statement triggers and BRIN are beyond the framework's models. ``xid`` is the 64-bit
transaction id kept as ``bigint``, because BRIN has no operator class for ``xid8``. Partitions are
attached rather than created in place, because attaching does not block readers and writers.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = """
SET LOCAL lock_timeout = '5s';

CREATE TABLE ledger_entry (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    recorded_at timestamptz NOT NULL,
    id uuid NOT NULL,
    log smallint NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT ledger_entry_key PRIMARY KEY (id, log)
) PARTITION BY RANGE (id);

CREATE TABLE ledger_opening (
    id uuid NOT NULL,
    log smallint NOT NULL,
    position smallint NOT NULL,
    lookup bytea,
    dossier_lookup bytea,
    sealed bytea NOT NULL,
    CONSTRAINT ledger_opening_key PRIMARY KEY (id, log, position)
) PARTITION BY RANGE (id);
CREATE INDEX ledger_opening_person ON ledger_opening (lookup, id) WHERE lookup IS NOT NULL;
CREATE INDEX ledger_opening_dossier ON ledger_opening (dossier_lookup, id) WHERE dossier_lookup IS NOT NULL;

CREATE TABLE ledger_person_key (
    created_at timestamptz NOT NULL,
    log smallint NOT NULL,
    lookup bytea NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT ledger_person_key_key PRIMARY KEY (lookup, log)
);

CREATE TABLE exchanges_exchange (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    recorded_at timestamptz NOT NULL,
    started_at timestamptz NOT NULL,
    producer_sequence bigint,
    id uuid NOT NULL,
    corrects uuid,
    subject_count integer NOT NULL,
    record_count integer NOT NULL,
    log smallint NOT NULL,
    producer text NOT NULL,
    message_reference text NOT NULL,
    partner text NOT NULL,
    asker text NOT NULL,
    on_behalf_of text NOT NULL,
    source text NOT NULL,
    service text NOT NULL,
    service_version text NOT NULL,
    purpose text NOT NULL,
    legal_basis text NOT NULL,
    route text NOT NULL,
    direction text NOT NULL,
    trigger text NOT NULL,
    environment text NOT NULL,
    outcome text NOT NULL,
    service_outcome text NOT NULL,
    verdict text NOT NULL,
    authorisation text NOT NULL,
    confidentiality text NOT NULL,
    fingerprint bytea NOT NULL,
    CONSTRAINT exchanges_exchange_key PRIMARY KEY (id, log)
) PARTITION BY RANGE (id);
CREATE INDEX exchanges_exchange_partner ON exchanges_exchange (partner, id);
CREATE INDEX exchanges_exchange_not_covered ON exchanges_exchange (verdict, id) WHERE verdict <> 'covered';
CREATE INDEX exchanges_exchange_xid ON exchanges_exchange USING brin (xid) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX exchanges_exchange_reference ON exchanges_exchange
    USING brin (message_reference text_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.01))
    WITH (pages_per_range = 32, autosummarize = on);

CREATE TABLE exchanges_correction (
    log smallint NOT NULL,
    original uuid NOT NULL,
    correction uuid NOT NULL,
    CONSTRAINT exchanges_correction_key PRIMARY KEY (original, log)
);

CREATE TABLE oversight_act (
    xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    at timestamptz NOT NULL,
    id uuid NOT NULL,
    object_id uuid,
    log smallint NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    organisation text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT oversight_act_key PRIMARY KEY (id, log)
);
CREATE INDEX oversight_act_object ON oversight_act (object_id) WHERE object_id IS NOT NULL;
"""

TRIGGERS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'A correction is a new record.';
END $$;

CREATE FUNCTION refuse_new_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the code % of % never changes', OLD.code, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Make a new row and end the old one.';
END $$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'ledger_entry', 'ledger_opening', 'ledger_person_key', 'exchanges_exchange', 'exchanges_correction',
        'oversight_act', 'compliance_registerchange', 'compliance_authorisationversion',
        'compliance_authorisationwithdrawal'
    ] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY[
        'compliance_organisation', 'compliance_route', 'compliance_datacategory', 'compliance_service',
        'compliance_purpose', 'compliance_legalbasis', 'compliance_authorisation', 'compliance_publisheddocument'
    ] LOOP
        EXECUTE format('CREATE TRIGGER code_for_ever BEFORE UPDATE ON %I FOR EACH ROW '
                       'WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION refuse_new_code()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY[
        'compliance_organisation', 'compliance_route', 'compliance_datacategory', 'compliance_service',
        'compliance_purpose', 'compliance_legalbasis', 'compliance_authorisation', 'compliance_connectionperiod',
        'compliance_processingmandate', 'compliance_controllerperiod', 'compliance_closingday',
        'compliance_footnote', 'compliance_publisheddocument', 'compliance_publishedfigure',
        'compliance_account', 'compliance_machineclient'
    ] LOOP
        EXECUTE format('CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
END $$;
"""

# SECURITY DEFINER: the service may not create tables; it may have a month's partitions made.
PARTITIONS = """
CREATE FUNCTION uuid_floor(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

CREATE FUNCTION make_month(month date) RETURNS boolean
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
    PERFORM pg_advisory_xact_lock(hashtext('make_month'));
    FOREACH parent IN ARRAY ARRAY['ledger_entry', 'ledger_opening', 'exchanges_exchange'] LOOP
        part := parent || to_char(first AT TIME ZONE 'UTC', '"_y"YYYY"m"MM');
        CONTINUE WHEN to_regclass(part) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
        FOR grantee IN SELECT DISTINCT g.grantee FROM information_schema.role_table_grants g
                       WHERE g.table_schema = 'public' AND g.table_name = part AND g.grantee <> current_user LOOP
            EXECUTE format('REVOKE ALL ON %I FROM %I', part, grantee);
        END LOOP;
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       parent, part, uuid_floor(first), uuid_floor(next));
        made := true;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION make_month(date) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """Entries, openings, keys, exchanges, corrections and acts."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0001_register_and_people")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(PARTITIONS, migrations.RunSQL.noop),
    ]
