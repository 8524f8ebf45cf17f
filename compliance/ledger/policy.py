"""Trust policies (C2SP tlog-policy): whose signatures make a checkpoint one to rely on. Pure.

log <vkey> [<url>]
witness <name> <vkey> [<url>]
group <name> <k|any|all> <member> …
quorum <name|none>
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from compliance.ledger.notes import COSIGNATURE, LOG_SIGNATURE, Note, NoteError, Verifier, signed_by, verifier_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

NONE = "none"
_BLANKS = re.compile("[ \t]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class PolicyError(ValueError):
    """A policy that is not one, or a checkpoint that it gives no reason to rely on."""


@dataclass(frozen=True, slots=True)
class Log:
    """A log whose signature is accepted; its key's name is its origin."""

    verifier: Verifier
    url: str | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness, under the name that it has in the policy; the URL is its submission prefix."""

    name: str
    verifier: Verifier
    url: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses and groups of which ``threshold`` together witness."""

    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A checkpoint that a log of the policy signed: the witnesses who cosigned, each with the second it did."""

    checkpoint: Checkpoint
    witnesses: dict[str, int]
    quorum_met: bool


@dataclass(slots=True)
class Policy:
    """The logs, witnesses, groups and quorum of a policy."""

    logs: list[Log] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = NONE

    def satisfied_by(self, names: Collection[str]) -> bool:
        """Tell whether these witnesses, by their names in this policy, are a quorum."""
        return self.quorum == NONE or self._witnessed(self.quorum, names)

    def fewest(self) -> int:
        """Return how many witnesses a quorum has at least."""
        return 0 if self.quorum == NONE else self._fewest(self.quorum)

    def verifiers_of(self, origin: str) -> list[Verifier]:
        """Return the keys that sign for a log: several while keys change, none for a log that is not in the policy."""
        return [log.verifier for log in self.logs if log.verifier.name == origin]

    def confirm(self, note: Note) -> Confirmed:
        """Verify a checkpoint against this policy.

        Raises :class:`PolicyError` when it is none, is of a log that is not in the policy, or when
        no key of its log signed it, or when the signature of a key in the policy does not hold.
        """
        try:
            checkpoint = parse_checkpoint(note.text)
            by_log = signed_by(note, self.verifiers_of(checkpoint.origin))
            cosigned = signed_by(note, [witness.verifier for witness in self.witnesses.values()])
        except (CheckpointError, NoteError) as error:
            raise PolicyError(str(error)) from error
        if not by_log:
            message = f"No key that the policy has for the log {checkpoint.origin} signed this checkpoint."
            raise PolicyError(message)
        names = {witness.verifier: witness.name for witness in self.witnesses.values()}
        times = {names[signed.verifier]: signed.time for signed in cosigned}
        return Confirmed(checkpoint, times, self.satisfied_by(times))

    def _fewest(self, name: str) -> int:
        group = self.groups.get(name)
        if group is None:
            return 1
        return sum(sorted(self._fewest(member) for member in group.members)[: group.threshold])

    def _witnessed(self, name: str, names: Collection[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in names
        return sum(self._witnessed(member, names) for member in group.members) >= group.threshold


def parse_policy(text: str) -> Policy:
    """Read a policy file. Raises :class:`PolicyError` with the number of the line that is wrong."""
    reader = _Reader()
    for number, words in _lines(text):
        try:
            reader.read(words)
        except (NoteError, PolicyError) as error:
            message = f"Line {number} of the policy: {error}"
            raise PolicyError(message) from error
    if not reader.has_quorum:
        message = "A policy has exactly one line that says what the quorum is."
        raise PolicyError(message)
    return reader.policy


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each line that says something, with its number from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        if _CONTROL.search(line):
            message = f"Line {number} of the policy has a control character."
            raise PolicyError(message)
        words = [word for word in _BLANKS.split(line) if word]
        if words and not words[0].startswith("#"):
            yield number, words


class _Reader:
    """What was read of a policy so far. A line can name only what stands above it."""

    def __init__(self) -> None:
        self.policy = Policy()
        self.has_quorum = False
        self._grouped: set[str] = set()

    def read(self, words: list[str]) -> None:
        """Take one line."""
        match words:
            case ["log", written, *url] if len(url) <= 1:
                self._log(verifier_of(written), url)
            case ["witness", name, written, *url] if len(url) <= 1:
                self._witness(name, verifier_of(written), url)
            case ["group", name, threshold, *members] if members:
                self._group(name, threshold, tuple(members))
            case ["quorum", name]:
                self._quorum(name)
            case _:
                message = "this is no log, witness, group or quorum."
                raise PolicyError(message)

    def _log(self, verifier: Verifier, url: list[str]) -> None:
        _require(verifier.kind == LOG_SIGNATURE, "the key of a log is of kind 1.")
        known = {log.verifier.public for log in self.policy.logs}
        _require(verifier.public not in known, "another log has this key.")
        self.policy.logs.append(Log(verifier, url[0] if url else None))

    def _witness(self, name: str, verifier: Verifier, url: list[str]) -> None:
        _require(verifier.kind == COSIGNATURE, "the key of a witness is of kind 4.")
        known = {witness.verifier.public for witness in self.policy.witnesses.values()}
        _require(verifier.public not in known, "another witness has this key.")
        self._check_new(name)
        self.policy.witnesses[name] = Witness(name, verifier, url[0] if url else None)

    def _group(self, name: str, threshold: str, members: tuple[str, ...]) -> None:
        self._check_new(name)
        for member in members:
            _require(self._is_defined(member), f"{member} is not defined above.")
            _require(member not in self._grouped, f"{member} is a member already.")
            self._grouped.add(member)
        match threshold:
            case "any":
                least = 1
            case "all":
                least = len(members)
            case _:
                is_number = re.fullmatch("[1-9][0-9]{0,8}", threshold) is not None
                least = int(threshold) if is_number else 0
        _require(1 <= least <= len(members), "a threshold is any, all, or a number from 1 to that of the members.")
        self.policy.groups[name] = Group(least, members)

    def _quorum(self, name: str) -> None:
        _require(not self.has_quorum, "the quorum is said twice.")
        _require(name == NONE or self._is_defined(name), f"{name} is not defined above.")
        self.policy.quorum = name
        self.has_quorum = True

    def _is_defined(self, name: str) -> bool:
        return name in self.policy.witnesses or name in self.policy.groups

    def _check_new(self, name: str) -> None:
        _require(name != NONE and not self._is_defined(name), f"the name {name} is taken.")


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - a condition to hold, as `assert` takes one
    if not holds:
        raise PolicyError(message)
