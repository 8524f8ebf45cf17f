"""The folder `.kbi`: the embedded servers' data, and what this machine made up for itself, once."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import secrets
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

PROJECT = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("KBI_HOME", PROJECT / ".kbi"))
LOOPBACK = "127.0.0.1"
DATABASE, OWNER, APP, SUPERUSER = "kbi", "kbi_owner", "kbi_app", "postgres"


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Tell whether somebody listens on this port of the loopback."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


def _password() -> str:
    return secrets.token_urlsafe(24)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


class Machine(msgspec.Struct, kw_only=True):
    """Random secrets and free ports; a field that a kept file lacks is made up when it is read."""

    secret_key: str = msgspec.field(default_factory=lambda: secrets.token_urlsafe(60))
    key_encryption_key: str = msgspec.field(default_factory=_key)
    lookup_key: str = msgspec.field(default_factory=_key)
    receipt_signing_key: str = msgspec.field(default_factory=_key)
    postgres_port: int = msgspec.field(default_factory=free_port)
    superuser_password: str = msgspec.field(default_factory=_password)
    owner_password: str = msgspec.field(default_factory=_password)
    app_password: str = msgspec.field(default_factory=_password)
    valkey_port: int = msgspec.field(default_factory=free_port)
    valkey_password: str = msgspec.field(default_factory=_password)
    signer_port: int = msgspec.field(default_factory=free_port)
    first_witness_port: int = msgspec.field(default_factory=free_port)
    second_witness_port: int = msgspec.field(default_factory=free_port)
    timestamp_port: int = msgspec.field(default_factory=free_port)
    demo_password: str = msgspec.field(default_factory=lambda: f"inburgering-{secrets.token_hex(4)}")
    demo_token: str = msgspec.field(default_factory=lambda: f"kbi_{secrets.token_urlsafe(32)}")

    def database_url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of a database of the embedded PostgreSQL."""
        passwords = {OWNER: self.owner_password, APP: self.app_password, SUPERUSER: self.superuser_password}
        address = f"{LOOPBACK}:{self.postgres_port}/{database}?sslmode=disable&gssencmode=disable"
        return f"postgresql://{role}:{passwords[role]}@{address}"

    def redis_url(self, number: int = 0) -> str:
        """Return the address of a numbered database of the embedded Valkey."""
        return f"redis://:{self.valkey_password}@{LOOPBACK}:{self.valkey_port}/{number}"


def machine(home: Path = HOME) -> Machine:
    """Return what this machine made up, now or earlier."""
    with locked(home):
        file = home / "machine.json"
        kept = msgspec.json.decode(file.read_bytes(), type=Machine) if file.exists() else Machine()
        _write(file, kept)
        return kept


def keep(home: Path, changed: Machine) -> None:
    """Keep a change, such as a port in place of one that somebody else took."""
    with locked(home):
        _write(home / "machine.json", changed)


def load_environment(environ: MutableMapping[str, str] = os.environ, home: Path = HOME) -> None:
    """Add this machine's settings to the environment. The customer's own servers, when named there, stay."""
    made = machine(home)
    settings = {
        "SECRET_KEY": made.secret_key,
        "KEY_ENCRYPTION_KEY": made.key_encryption_key,
        "LOOKUP_KEY": made.lookup_key,
        "RECEIPT_SIGNING_KEY": made.receipt_signing_key,
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "LOG_ORIGIN": "kbi-audit.localhost/exchanges",
        "LOG_FORMAT": "console",
        "RETENTION_YEARS": "30",  # 2016 is the year that is shown, and more than ten years ago
        "ATTACHMENTS_DIR": str(home / "attachments"),
        "REDIS_URL": made.redis_url(),
    }
    if not environ.get("DATABASE_URL"):
        settings["DATABASE_URL"] = made.database_url(APP)
        settings["DATABASE_OWNER_URL"] = made.database_url(OWNER)
        settings["DATABASE_ADMIN_URL"] = made.database_url(SUPERUSER, "postgres")
    for name, value in settings.items():
        if not environ.get(name) and not environ.get(f"{name}_FILE"):
            environ[name] = value
    apart: dict[str, str] = {}
    if "SIGNER_URL" not in environ and environ.get("DATABASE_URL"):
        apart |= signer_settings(made, ledger_folder(environ["DATABASE_URL"], home))
    if "TIMESTAMP_URL" not in environ:
        apart |= timestamp_settings(made, home / "timestamps")
    for name, value in apart.items():
        environ.setdefault(name, value)


def ledger_folder(database_url: str, home: Path = HOME) -> Path:
    """Return the folder of what signer, witnesses and tile store keep about the ledger in this database.

    Each database has its own: a signer that remembers another ledger would refuse this one as a fork.
    """
    address, ours = (
        url.rpartition("@")[2].partition("?")[0] for url in (database_url, machine(home).database_url(APP))
    )
    suffix = "" if address == ours else f"-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
    return home / f"ledger{suffix}"


def signer_settings(made: Machine, ledger: Path) -> dict[str, str]:
    """Return where the demo's signer and witnesses are, once they were made, and where tiles go."""
    if not (ledger / "policy.txt").exists():
        return {}
    return {
        "SIGNER_URL": f"http://{LOOPBACK}:{made.signer_port}",
        "WITNESS_POLICY_FILE": str(ledger / "policy.txt"),
        "TILE_STORE": str(ledger / "tiles"),
    }


def timestamp_settings(made: Machine, authority: Path) -> dict[str, str]:
    """Return where the demo's authority for timestamps is, once it was made."""
    if not (authority / "serial").exists():
        return {}
    return {
        "TIMESTAMP_URL": f"http://{LOOPBACK}:{made.timestamp_port}/",
        "TIMESTAMP_AUTHORITY_FILE": str(authority / "root.pem"),
    }


@contextmanager
def locked(home: Path, name: str = "lock", *, wait: bool = True) -> Iterator[None]:
    """Hold the folder for one process at a time; raises BlockingIOError when it may not wait."""
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    with (home / name).open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _write(file: Path, made: Machine) -> None:
    written = msgspec.json.format(msgspec.json.encode(made))
    if file.exists() and file.read_bytes() == written:
        return
    draft = file.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as open_file:
        open_file.write(written)
    draft.replace(file)
