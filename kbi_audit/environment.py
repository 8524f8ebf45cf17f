"""Every setting of the service: its variable, type, default and meaning. `docs/settings.md` is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from kbi_audit.kinds import (
    DatabaseURL,
    EmailURL,
    EndpointURL,
    FilePath,
    FolderPath,
    Key,
    Networks,
    RedisURL,
    SocketURL,
    StoreURL,
    WebURL,
)
from kbi_audit.variables import Variable

NEW_KEY = "Make one with `openssl rand -base64 32`"

TO_THE_CONSOLE = EmailURL("console:")
NO_NETWORKS = Networks(())


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What a process of the service is told when it starts."""

    secret_key: Annotated[
        str,
        Variable(
            help="Signs sessions and forms, and the access tokens of systems.",
            secret=True,
            shortest=50,
            remedy="Make one with `openssl rand -base64 60 | tr -d '\\n'`",
        ),
    ]
    key_encryption_key: Annotated[
        Key,
        Variable(
            help="Wraps the key of each person; without it no identity opens again. Keep it outside the database.",
            secret=True,
            remedy=NEW_KEY,
        ),
    ]
    lookup_key: Annotated[
        Key,
        Variable(
            help="Keyed HMAC by which a person is found; changing it makes all earlier entries unfindable.",
            secret=True,
            remedy=NEW_KEY,
        ),
    ]
    receipt_signing_key: Annotated[Key, Variable(help="Ed25519 seed that signs receipts.", secret=True, remedy=NEW_KEY)]
    database_url: Annotated[
        DatabaseURL,
        Variable(
            help="The database, as the role kbi_app that the service runs as.",
            secret=True,
            example="postgresql://kbi_app:password@postgres:5432/kbi",
        ),
    ]
    redis_url: Annotated[
        RedisURL,
        Variable(
            help="Jobs and cached look-ups; never the only copy of anything.",
            secret=True,
            example="redis://:password@valkey:6379/0",
        ),
    ]
    site_url: Annotated[
        WebURL,
        Variable(help="The address under which people reach the service.", example="https://kbi-audit.example"),
    ]
    allowed_hosts: Annotated[
        tuple[str, ...],
        Variable(help="Host names the service answers to.", example="kbi-audit.example"),
    ]
    log_origin: Annotated[
        str,
        Variable(
            help="Name of the ledger, in every entry and receipt; never changes.",
            example="kbi-audit.example/exchanges",
        ),
    ]
    oversight_log_origin: Annotated[
        str,
        Variable(
            help="Name of the log of who looked at what; never changes. Empty: LOG_ORIGIN with /oversight after it.",
            example="kbi-audit.example/oversight",
        ),
    ] = ""
    max_merge_delay_seconds: Annotated[
        int,
        Variable(
            help="Seconds within which a receipt promises a place in the ledger; when sealing falls further behind, "
            "intake answers 503 until it has caught up.",
            least=1,
        ),
    ] = 900
    signer_url: Annotated[
        WebURL | None,
        Variable(
            help="The signer, which signs the ledger's heads; without it heads are sealed and signed by nobody.",
            example="http://signer:8100",
        ),
    ] = None
    witness_policy_file: Annotated[
        FilePath | None,
        Variable(
            help="Policy (C2SP tlog-policy) that names the logs' keys, the witnesses and how many must agree; without "
            "it no witness is asked.",
            example="/etc/kbi-audit/policy",
        ),
    ] = None
    timestamp_url: Annotated[
        EndpointURL | None,
        Variable(
            help="Authority (RFC 3161, over HTTP) that timestamps signed checkpoints; without it none is asked.",
            example="http://tsa.example/tsr",
        ),
    ] = None
    timestamp_authority_file: Annotated[
        FilePath | None,
        Variable(
            help="Certificates (PEM) of the authorities whose timestamps are believed: roots, and intermediate ones "
            "that tokens leave out. A token's own certificates are never believed for being in it.",
            example="/etc/kbi-audit/timestamp-authority.pem",
        ),
    ] = None
    timestamp_seconds: Annotated[int, Variable(help="Seconds between two timestamps of a log.", least=1)] = 600
    tile_store: Annotated[
        StoreURL | None,
        Variable(
            help="Second place to which the ledger's tiles are written (C2SP tlog-tiles) and from which they are "
            "served; without it the database holds the only copy.",
            example="/var/lib/kbi-audit/tiles",
        ),
    ] = None
    attachments_dir: Annotated[
        FolderPath | None,
        Variable(
            help="Folder in which documents that come with requests are kept, outside the web root and in the backup; "
            "every web process writes there. Without it no documents can be added.",
            example="/var/lib/kbi-attachments",
        ),
    ] = None
    clamav_socket: Annotated[
        SocketURL | None,
        Variable(
            help="ClamAV's clamd, which looks for viruses in documents before they are kept; when it is set and does "
            "not answer, nothing is kept. Its StreamMaxLength must be at least 20 MiB.",
            example="unix:/run/clamav/clamd.ctl",
        ),
    ] = None
    four_eyes_outcomes: Annotated[
        tuple[str, ...],
        Variable(
            help="Decisions on cases that hold once a second officer confirmed them: any of explained, expected, "
            "misuse, breach and passed-on.",
            example="misuse,breach",
        ),
    ] = ("misuse", "breach")
    question_working_days: Annotated[
        int, Variable(help="Working days in which a partner answers a question about exchanges.", least=1)
    ] = 10
    question_urgent_working_days: Annotated[
        int, Variable(help="Working days in which a partner answers an urgent question.", least=1)
    ] = 2
    webhook_networks: Annotated[
        Networks,
        Variable(
            help="Networks that are not public to which webhooks may be sent all the same. Empty: public ones only.",
            example="10.20.0.0/16",
        ),
    ] = NO_NETWORKS
    webhook_authority_file: Annotated[
        FilePath | None,
        Variable(
            help="Certificates (PEM) of the authorities that are believed when webhooks are sent; without it those of "
            "the system are.",
            example="/etc/kbi-audit/webhook-authority.pem",
        ),
    ] = None
    retention_years: Annotated[
        int,
        Variable(help="Years after the exchange that a record is kept, where its class says nothing else.", least=1),
    ] = 10
    findings_kept_days: Annotated[
        int,
        Variable(
            help="Days that a finding of a detector is kept which is part of no case, and the profiles of users.",
            least=120,
        ),
    ] = 730
    keeper: Annotated[
        str,
        Variable(help="Code, in the register, of the organisation whose exchanges are recorded.", example="KBI"),
    ] = "KBI"
    database_owner_url: Annotated[
        DatabaseURL | None,
        Variable(
            help="The same database as the role kbi_owner that owns the schema; only migrations need it.",
            secret=True,
            example="postgresql://kbi_owner:password@postgres:5432/kbi",
        ),
    ] = None
    database_admin_url: Annotated[
        DatabaseURL | None,
        Variable(
            help="A superuser of the server; only `manage.py create_roles` needs it.",
            secret=True,
            example="postgresql://postgres:password@postgres:5432/postgres",
        ),
    ] = None
    csrf_trusted_origins: Annotated[
        tuple[str, ...],
        Variable(
            help="Origins that may send forms, when a proxy changes the host name.",
            example="https://kbi-audit.example",
        ),
    ] = ()
    trusted_proxies: Annotated[
        int,
        Variable(
            help="How many proxies stand in front: with 1 or more, X-Forwarded-Proto and -For are believed.",
            least=0,
        ),
    ] = 0
    certificate_proxies: Annotated[
        Networks,
        Variable(
            help="Addresses of the proxies whose Client-Cert header (RFC 9440) is believed: they verify that the "
            "client holds the certificate's key, and take away a header that it wrote. Empty: nobody's is.",
            example="10.0.0.7,10.1.0.0/16",
        ),
    ] = NO_NETWORKS
    email_url: Annotated[
        EmailURL, Variable(help="Where mail goes.", secret=True, example="smtp+tls://user:password@mail:587")
    ] = TO_THE_CONSOLE
    email_from: Annotated[str, Variable(help="Sender of mail.")] = "kbi-audit@localhost"
    default_language: Annotated[
        Literal["nl", "en", "fr"], Variable(help="Language of a visitor who has not chosen one.")
    ] = "nl"
    session_hours: Annotated[int, Variable(help="Hours after which a person signs in again.", least=1)] = 8
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Variable(help="Least serious event that is logged.")
    ] = "INFO"
    log_format: Annotated[
        Literal["json", "console"], Variable(help="Log events as JSON lines, or coloured for people.")
    ] = "json"
    max_body_bytes: Annotated[
        int, Variable(help="Largest request body, unpacked, that the API takes; more is 413.", least=1024)
    ] = 64 * 1024 * 1024
    max_record_bytes: Annotated[
        int, Variable(help="Largest single record that the API takes; more is 413.", least=1024)
    ] = 64 * 1024
    bulk_slots: Annotated[
        int, Variable(help="Bulk writes at a time in one web process; more get 503 and Retry-After.", least=1)
    ] = 2
    decision_seconds: Annotated[
        int,
        Variable(
            help="Seconds after the moment that was asked about, within which an exchange may quote a decision.",
            least=1,
        ),
    ] = 300
    sample_size: Annotated[
        int, Variable(help="Exchanges that are drawn at random for review each month, over all partners.", least=1)
    ] = 60
    sample_day: Annotated[
        int, Variable(help="Day of the next month (1-28) whose first head of the ledger fixes the seed.", least=1)
    ] = 5
    sample_twice_every: Annotated[
        int, Variable(help="One in so many drawn exchanges is reviewed by two people; 0 is none.", least=0)
    ] = 5
    connection_seconds: Annotated[
        int, Variable(help="Seconds that a database connection is kept for the next request.", least=0)
    ] = 600
    debug: Annotated[bool, Variable(help="Django's error pages; only the development settings heed it.")] = False
    web_host: Annotated[str, Variable(help="Address on which the web server listens.")] = "127.0.0.1"
    web_port: Annotated[int, Variable(help="Port on which the web server listens.", least=1)] = 8000
    web_workers: Annotated[int, Variable(help="Web server processes.", least=1)] = 2
    web_threads: Annotated[int, Variable(help="Requests at a time in one web process.", least=1)] = 4
    worker_processes: Annotated[int, Variable(help="Background jobs at a time.", least=1)] = 2
    beat_file: Annotated[str, Variable(help="Where the clock of the background jobs remembers what it started.")] = (
        "beat-schedule"
    )

    @property
    def log_origins(self) -> dict[int, str]:
        """The origin of each log, by its number in `compliance.ledger.logs`."""
        return {1: self.log_origin, 2: self.oversight_log_origin or f"{self.log_origin}/oversight"}
