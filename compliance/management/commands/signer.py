"""Run the signer of the ledger's heads: a process of its own, with its own key and memory, under its own user.

    manage.py signer --key FILE [--key FILE] --state FOLDER --listen 127.0.0.1:8100 [--begin]

What is not given as an option comes from SIGNER_KEY (the key itself), SIGNER_KEY_FILE, SIGNER_STATE and
SIGNER_LISTEN. A file may hold several keys, one a line. It needs no other setting of the service.

A memory that was lost is begun again with `--begin --recollect FILE`, the newest checkpoint that witnesses hold.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand, CommandError

from compliance.ledger.notes import LOG_SIGNATURE, NoteError
from compliance.ledger.witnessing.keys import parse_keys
from compliance.ledger.witnessing.listen import address_of
from compliance.ledger.witnessing.memory import Memory, UnusableMemoryError
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.recollect import recollect
from compliance.ledger.witnessing.serve import serve
from compliance.ledger.witnessing.signer import Signer

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from compliance.ledger.witnessing.keys import SigningKey


class Command(BaseCommand):
    """Sign heads until told to stop."""

    help = "Run the signer of the ledger's heads."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        environ = os.environ
        parser.add_argument("--key", type=Path, action="append", help="file with private keys; may be given again")
        parser.add_argument(
            "--state", default=environ.get("SIGNER_STATE"), help="folder that remembers what was signed"
        )
        parser.add_argument("--listen", default=environ.get("SIGNER_LISTEN", "127.0.0.1:8100"), help="address and port")
        parser.add_argument("--begin", action="store_true", help="make the folder, the first time")
        parser.add_argument("--recollect", type=Path, metavar="FILE", action="append", help="a checkpoint it signed")

    def handle(self, **options: Any) -> None:
        if not options["state"]:
            message = "Say with --state or SIGNER_STATE where the signer remembers what it signed."
            raise CommandError(message)
        try:
            keys = _keys(options["key"])
            host, port = address_of(options["listen"])
            memory = Memory(Path(options["state"]))
            if options["begin"]:
                memory.begin()
            with memory:
                for file in options["recollect"] or ():
                    checkpoint = file.read_text(encoding="utf-8")
                    recollect(memory, checkpoint, own=[key.verifier for key in keys])
                serve(Signer(Notary(memory, signing=_sign), keys), host=host, port=port)
        except (NoteError, UnusableMemoryError, ValueError, OSError) as error:
            raise CommandError(str(error)) from error


def _keys(files: list[Path] | None) -> list[SigningKey]:
    """Return the keys of the options, else of the environment."""
    if not files and os.environ.get("SIGNER_KEY_FILE"):
        files = [Path(os.environ["SIGNER_KEY_FILE"])]
    texts = [file.read_text(encoding="utf-8") for file in files] if files else [os.environ.get("SIGNER_KEY", "")]
    keys = [key for text in texts for key in parse_keys(text)]
    if not keys or any(key.verifier.kind != LOG_SIGNATURE for key in keys):
        message = "The signer needs the private key of each log (kind 1), from --key, SIGNER_KEY_FILE or SIGNER_KEY."
        raise CommandError(message)
    return keys


def _sign(seed: bytes, message: bytes) -> bytes:
    """Sign with OpenSSL, whose time tells nothing of the key."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)
