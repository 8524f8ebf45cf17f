"""A monitor of a transparency log (C2SP tlog-tiles): sees whether it only grows, is confirmed, and stays fresh.

It needs Python 3.11 or later, and nothing else. Run it far from who keeps the log:

    python3 monitor.py https://kbi-audit.example/ledger/exchanges --policy policy.txt --state state

The policy is a text file (C2SP tlog-policy) with the verifier keys of the log and of its witnesses, got on
another way than the log's own; without it no signature is verified. Keep the state: a monitor that forgets
can be deceived. When something is wrong it says so in a sentence, keeps what it held and what it was shown
in the state's folder "evidence", and ends with status 1.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.ledger.monitoring.look import LogWrongError, StaleError, check_fresh, look
from compliance.ledger.monitoring.published_log import NotReachedError, PublishedLog
from compliance.ledger.monitoring.remembered import LostMemoryError, StateFolder
from compliance.ledger.policy import PolicyError, parse_policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.ledger.monitoring.look import Sighting
    from compliance.ledger.policy import Policy

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def add_monitor_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the program."""
    parser.add_argument("url", help="the log's address, as https://kbi-audit.example/ledger/exchanges")
    parser.add_argument("--state", type=Path, required=True, help="folder that remembers what was seen")
    parser.add_argument("--policy", type=Path, help="whose signatures count (C2SP tlog-policy)")
    parser.add_argument("--max-age", type=seconds_of, default="15m", help="oldest confirmation allowed (%(default)s)")
    parser.add_argument("--every", type=seconds_of, default="1m", help="time between two looks (%(default)s)")
    parser.add_argument("--once", action="store_true", help="look once, and end")


def seconds_of(written: str) -> int:
    """Read a length of time: 90s, 15m, 2h, 1d. Raises ``ValueError``."""
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", written)
    if match is None:
        message = "Write a length of time as 90s, 15m, 2h or 1d."
        raise ValueError(message)
    return int(match[1]) * _UNITS[match[2]]


def run_monitor(options: argparse.Namespace) -> int:
    """Look until something is wrong, or once; return the status to end with."""
    try:
        policy = None if options.policy is None else parse_policy(options.policy.read_text(encoding="utf-8"))
        log = PublishedLog(options.url)
    except (PolicyError, OSError, ValueError) as error:
        return _end(str(error))
    if policy is None:
        _say("No policy was given: no signature is verified, only that the log grows and holds what it held.")
    folder = StateFolder(options.state)
    while True:
        try:
            _look_once(log, policy, folder, most=options.max_age, has_to_answer=options.once)
        except (LogWrongError, StaleError, NotReachedError, LostMemoryError, OSError) as error:
            return _end(str(error))
        if options.once:
            return 0
        time.sleep(options.every)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_monitor_options(parser)
    return run_monitor(parser.parse_args(arguments))


def _look_once(
    log: PublishedLog, policy: Policy | None, folder: StateFolder, *, most: int, has_to_answer: bool
) -> None:
    held = folder.last_seen()
    at = int(time.time())
    try:
        seen = look(log, policy=policy, held=held, at=at)
    except NotReachedError as error:
        if has_to_answer or held is None:
            raise
        # One answer that fails to come is no alarm; none for too long is.
        _say(str(error))
        check_fresh(held.fresh_at, at=at, most=most)
        return
    except LogWrongError as error:
        name = datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
        kept = folder.keep_evidence(
            name=name, held="" if held is None else held.note, shown=error.shown, sentence=f"{error}\n"
        )
        message = f"{error} Both checkpoints are kept in {kept}."
        raise LogWrongError(message, error.shown) from error
    folder.remember(seen.remembered)
    _say(_in_words(seen, policy))
    check_fresh(seen.remembered.fresh_at, at=at, most=most)


def _in_words(seen: Sighting, policy: Policy | None) -> str:
    told = f"{seen.checkpoint.origin}: {seen.checkpoint.size} leaves, {seen.grown} more than before"
    if policy is None:
        return f"{told}; no signature was verified."
    fresh = datetime.fromtimestamp(seen.remembered.fresh_at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{told}; confirmed by {len(seen.witnesses)} of {len(policy.witnesses)} witnesses; fresh at {fresh}."


def _say(sentence: str) -> None:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    sys.stdout.write(f"{moment} {sentence}\n")
    sys.stdout.flush()


def _end(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1
