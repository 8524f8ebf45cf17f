"""Check an evidence bundle, or a proof of one record, of KBI Audit: with this file and Python alone, offline.

    python3 verify.py BUNDLE.zip --policy policy.txt [--held checkpoint] [--authorities roots.pem]
    python3 verify.py RECORD.tlog-proof --policy policy.txt

The policy holds the keys that YOU trust (C2SP tlog-policy); get it from somewhere else than the bundle.
Exit status: 0 nothing failed; 1 something failed; 2 nothing failed, but without --policy nobody knows who made it.
"""

from __future__ import annotations

import argparse
import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

from compliance.reporting.evidence.verifier.proof_file import PROOF_HEADER
from compliance.reporting.evidence.verifier.selection import MOMENT
from compliance.reporting.evidence.verifier.tell import WORDS, tell, tell_json
from compliance.reporting.evidence.verifier.verify_bundle import verify_bundle
from compliance.reporting.evidence.verifier.verify_proof import verify_proof

_UNREADABLE = 1
_MOST_PROOF_BYTES = 4_000_000


def main() -> int:
    """Read the command line, check, tell, and return the exit status."""
    # Millions of short-lived objects, none of which refers to itself: looking for such takes half the time.
    gc.disable()
    asked = _arguments().parse_args()
    at = asked.at or f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    if not MOMENT.fullmatch(at):
        sys.stderr.write("--at: write a moment as 2026-01-31T12:00:00.000000Z\n")
        return _UNREADABLE
    try:
        policy, held, authorities = (_text(file) for file in (asked.policy, asked.held, asked.authorities))
        if _is_proof(asked.file):
            findings = verify_proof(_text(asked.file, _MOST_PROOF_BYTES) or "", policy=policy)
        else:
            findings = verify_bundle(
                asked.file, policy=policy, held=held, authorities=authorities, at=at, workers=asked.workers
            )
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return _UNREADABLE
    language = asked.language or findings.about.get("language", "en")
    told = tell_json(findings, language) if asked.json else tell(findings, language)
    sys.stdout.buffer.write(told.encode())
    sys.stdout.flush()
    return findings.exit_status


def _is_proof(file: str) -> bool:
    with Path(file).open("rb") as opened:
        return opened.read(len(PROOF_HEADER)) == PROOF_HEADER.encode()


def _text(file: str | None, most: int = -1) -> str | None:
    if file is None:
        return None
    with Path(file).open("rb") as opened:
        return opened.read(most).decode()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verify.py", description="Check an evidence bundle or proof, offline.")
    parser.add_argument("file", help="The bundle (ZIP) or the proof (.tlog-proof).")
    parser.add_argument("--policy", help="Your own policy: the keys of the log and of the witnesses.")
    parser.add_argument("--held", help="A checkpoint that you kept from before.")
    parser.add_argument("--authorities", help="Certificates (PEM) of the time-stamping authorities that you trust.")
    parser.add_argument("--at", help="Judge expiry at this moment, instead of now.")
    parser.add_argument("--language", choices=sorted(WORDS), help="Default: that of the bundle.")
    parser.add_argument("--workers", type=int, help="Processes to use; default: as many as the bundle is worth.")
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    return parser
