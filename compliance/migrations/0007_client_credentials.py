"""Keys of machine clients, and people who keep those of their own organisation.

Until now a client held one token, whose hash stood with it. It becomes the client's first credential, and keeps
working; a client is granted what its token was good for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.utils import timezone
from psycopg import sql

import compliance.access.models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WITHOUT_WAITING = "SET LOCAL lock_timeout = '5s'"

TRIGGERS = """
CREATE FUNCTION refuse_other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'key % stays what it is, and revoked once it is', OLD.id
        USING ERRCODE = 'insufficient_privilege', HINT = 'Add another key.';
END $$;
CREATE TRIGGER same_key_for_ever BEFORE UPDATE ON compliance_clientcredential FOR EACH ROW
    WHEN (OLD.digest IS DISTINCT FROM NEW.digest OR OLD.kind IS DISTINCT FROM NEW.kind
          OR OLD.jwk IS DISTINCT FROM NEW.jwk OR OLD.client_id IS DISTINCT FROM NEW.client_id
          OR OLD.revoked_at IS NOT NULL AND OLD.revoked_at IS DISTINCT FROM NEW.revoked_at)
    EXECUTE FUNCTION refuse_other_key();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_clientcredential
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BY, REASON = "system:migrate", "A client may have several keys; its token is its first."
GRANTED = ["evidence:make", "exchanges:report", "receipts:check"]
REGISTER = 0x4B42_4952_4547
FINGERPRINT = 12


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add and end keys, never delete one."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    revoke = sql.SQL("REVOKE DELETE ON compliance_clientcredential FROM {app}")
    schema_editor.execute(revoke.format(app=app).as_string())


def move(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make each client's token its first credential; each change is a version of the register."""
    schema_editor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTER])
    alias = schema_editor.connection.alias
    clients: Any = apps.get_model("compliance", "MachineClient")._default_manager.using(alias)
    credentials: Any = apps.get_model("compliance", "ClientCredential")._default_manager.using(alias)
    changes: Any = apps.get_model("compliance", "RegisterChange")._default_manager.using(alias)
    for client in clients.order_by("pk"):
        client.scopes = GRANTED
        client.save(update_fields=["scopes"])
        digest = bytes(client.token_hash)
        made = {"created_at": client.created_at, "revoked_at": client.revoked_at}
        credential = credentials.create(client=client, kind="token", digest=digest, label="", **made)
        told = {name: None if moment is None else _told(moment) for name, moment in made.items()}
        common = {"client": client.name, "kind": "token", "label": "", "jwk": None, "expires_at": None}
        _append(
            changes, "clientcredential", str(credential.pk), {**common, "digest": digest.hex()[:FINGERPRINT], **told}
        )
        _append(changes, "machineclient", client.name, {"scopes": GRANTED})
    # What waits for the end of the transaction would keep the table from being altered.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _append(changes: Any, kind: str, code: str, changed: dict[str, object]) -> None:
    last = changes.filter(kind=kind, code=code).order_by("-version").first()
    before = {} if last is None else {name: value for name, value in last.state.items() if name != "token_hash"}
    changes.create(
        kind=kind,
        code=code,
        version=1 if last is None else last.version + 1,
        state={**before, **changed},
        changed_at=timezone.now(),
        changed_by=BY,
        reason=REASON,
    )


def _told(moment: Any) -> str:
    return str(moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))


class Migration(migrations.Migration):
    """Keys of machine clients, and people who keep those of their own organisation."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0006_verification_and_cases")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(WITHOUT_WAITING, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ClientCredential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credentials",
                        to="compliance.machineclient",
                        verbose_name="machine client",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("token", "static token"),
                            ("secret", "client secret"),
                            ("public-key", "public key"),
                            ("certificate", "certificate"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60, verbose_name="label")),
                ("digest", models.BinaryField(max_length=32, verbose_name="fingerprint")),
                ("jwk", models.JSONField(blank=True, null=True, verbose_name="public key")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "key of a machine client",
                "verbose_name_plural": "keys of machine clients",
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "kind"),
                        name="credential_of_one_client",
                        violation_error_message="This cannot be used as a key here. Make a new one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("jwk__isnull", False), ("kind", "public-key")),
                            models.Q(models.Q(("kind", "public-key"), _negated=True), ("jwk__isnull", True)),
                            _connector="OR",
                        ),
                        name="public_key_has_jwk",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientCredentialUse",
            fields=[
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="compliance.clientcredential",
                        verbose_name="key",
                    ),
                ),
                ("last_used_at", models.DateTimeField(verbose_name="last used at")),
            ],
            options={"verbose_name": "use of a key", "verbose_name_plural": "uses of keys"},
        ),
        migrations.AddField(
            model_name="machineclient",
            name="scopes",
            field=ArrayField(
                base_field=models.CharField(max_length=40),
                default=compliance.access.models.all_scopes,
                size=None,
                verbose_name="may",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="administers",
            field=models.BooleanField(
                default=False,
                help_text="Invites and closes accounts of the own organisation, and gives its systems their keys.",
                verbose_name="keeps people and systems of the own organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("administers", False), ("organisation__isnull", False), _connector="OR"),
                name="administrator_has_organisation",
                violation_error_message="Name the organisation whose people and systems the person keeps.",
            ),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="machineclient", name="token_hash"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
