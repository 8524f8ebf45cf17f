"""An authority of our own for timestamps: its root, its certificate and its keys, made by openssl once and kept."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROOT = "root.pem"
CONFIGURATION = "openssl.cnf"
TEN_YEARS = "3650"
CURVE = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
CONFIGURED = """\
[req]
distinguished_name = given

[given]

[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash

[authority]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid

[timestamps]
serial = serial
signer_cert = authority.pem
signer_key = authority.key
certs = root.pem
signer_digest = sha256
ess_cert_id_alg = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
accuracy = secs:1
"""
"""The policy is of the arc that IANA keeps for examples. Certificates go into tokens as openssl puts them: unsorted."""


class OpensslError(Exception):
    """openssl refused; the message is the end of what it said."""


def openssl_is_here() -> bool:
    """Tell whether this machine has the program."""
    return shutil.which("openssl") is not None


def make_authority(folder: Path, *, name: str, key: Sequence[str] = CURVE) -> None:
    """Make the authority in this folder, unless it is there, with keys of this kind; raises OpensslError."""
    if (folder / "serial").exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / CONFIGURATION).write_text(CONFIGURED, encoding="utf-8")
    request = ("req", "-config", CONFIGURATION, "-new", "-sha256")
    openssl(folder, "genpkey", *key, "-out", "root.key")
    itself = ("-x509", "-days", TEN_YEARS, "-extensions", "root")
    openssl(folder, *request, *itself, "-key", "root.key", "-subj", f"/CN={name} root", "-out", ROOT)
    openssl(folder, "genpkey", *key, "-out", "authority.key")
    openssl(folder, *request, "-key", "authority.key", "-subj", f"/CN={name}", "-out", "authority.csr")
    signed = ("-CA", ROOT, "-CAkey", "root.key", "-CAcreateserial", "-days", TEN_YEARS, "-sha256")
    extended = ("-extfile", CONFIGURATION, "-extensions", "authority")
    openssl(folder, "x509", "-req", "-in", "authority.csr", *signed, *extended, "-out", "authority.pem")
    (folder / "serial").write_text("01\n", encoding="ascii")  # last: now the authority is complete


def openssl(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run openssl in the folder and return what it writes; raises OpensslError."""
    ran = subprocess.run(["openssl", *arguments], cwd=folder, input=given, capture_output=True, check=False)
    if ran.returncode:
        message = ran.stderr.decode(errors="replace").strip()[-300:]
        raise OpensslError(message)
    return ran.stdout
