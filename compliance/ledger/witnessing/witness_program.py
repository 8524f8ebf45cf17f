"""A witness of transparency logs (C2SP tlog-witness): cosigns their heads, and only such as extend the last.

It needs Python 3.11 or later on Linux or macOS, and nothing else. Once:

    python3 witness.py --new-key partner.example/witness --key witness.key
    python3 witness.py --policy policy.txt --key witness.key --state state --begin --listen 127.0.0.1:8101

The first line prints the verifier key to give to whoever runs the log. The policy is a text file with
a line ``log <verifier key>`` for each log to watch, and a line ``quorum none``. From then on run it without
--begin. Keep the state: a witness that forgets can be deceived, and one that lost it must get a new key.
Put a web server that speaks HTTPS before it when it is to be reached from elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from compliance.ledger.notes import COSIGNATURE, NoteError
from compliance.ledger.policy import PolicyError, parse_policy
from compliance.ledger.witnessing.keys import new_key, parse_keys, write_key
from compliance.ledger.witnessing.listen import address_of
from compliance.ledger.witnessing.memory import Memory, UnusableMemoryError
from compliance.ledger.witnessing.notary import Notary
from compliance.ledger.witnessing.serve import serve
from compliance.ledger.witnessing.witness import Watching

if TYPE_CHECKING:
    from collections.abc import Sequence

LISTEN = "127.0.0.1:8101"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the program."""
    parser.add_argument("--policy", type=Path, help="the logs to watch (C2SP tlog-policy)")
    parser.add_argument("--key", type=Path, help="file with the private key")
    parser.add_argument("--state", type=Path, help="folder that remembers what was cosigned")
    parser.add_argument("--listen", default=LISTEN, help="address and port (%(default)s)")
    parser.add_argument("--begin", action="store_true", help="make the state, the first time")
    parser.add_argument("--new-key", metavar="NAME", help="make a key of this name in the file of --key, and stop")


def run(options: argparse.Namespace) -> NoReturn:
    """Do what the options ask for, and end the process."""
    try:
        if options.new_key:
            _make_key(options)
        _watch(options)
    except (NoteError, PolicyError, UnusableMemoryError, OSError, ValueError) as error:
        sys.exit(str(error))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    run(parser.parse_args(arguments))


def _make_key(options: argparse.Namespace) -> NoReturn:
    if options.key is None:
        sys.exit("Say with --key where the private key goes.")
    key = new_key(options.new_key, COSIGNATURE)
    write_key(key, options.key)
    sys.stdout.write(f"{key.vkey}\n")
    sys.exit(0)


def _watch(options: argparse.Namespace) -> NoReturn:
    if options.policy is None or options.key is None or options.state is None:
        sys.exit("A witness needs --policy, --key and --state.")
    policy = parse_policy(options.policy.read_text(encoding="utf-8"))
    keys = parse_keys(options.key.read_text(encoding="utf-8"))
    if not keys or any(key.verifier.kind != COSIGNATURE for key in keys):
        sys.exit("The file of --key must hold the private key of a witness (kind 4), made with --new-key.")
    host, port = address_of(options.listen)
    memory = Memory(options.state)
    if options.begin:
        memory.begin()
    with memory:
        serve(Watching(Notary(memory), keys, policy), host=host, port=port)
