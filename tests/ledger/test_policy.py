"""A policy says whose signatures are enough, and nothing that is not in it counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.ed25519 import public_key
from compliance.ledger.notes import COSIGNATURE, parse, sign_line, vkey
from compliance.ledger.policy import Policy, PolicyError, parse_policy
from tests.properties import patient

NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
ORIGIN = "log.example"
HEAD = Checkpoint(ORIGIN, 3, bytes(32)).text()


def seed(name: str) -> bytes:
    """Return the private key of somebody."""
    return name.encode().ljust(32, b".")


def log(name: str = "log", origin: str = ORIGIN) -> str:
    """Return the line of a log."""
    return f"log {vkey(origin, public_key(seed(name)))}\n"


def witness(name: str, url: str = "") -> str:
    """Return the line of a witness."""
    return f"witness {name} {vkey(f'{name}.example', public_key(seed(name)), COSIGNATURE)} {url}\n"


def cosigned(*witnesses: str, by: str = "log") -> str:
    """Return the checkpoint with the signatures of a log's key and of these witnesses."""
    lines = [sign_line(HEAD, name=ORIGIN, seed=seed(by))]
    lines += [sign_line(HEAD, name=f"{name}.example", seed=seed(name), kind=COSIGNATURE, time=7) for name in witnesses]
    return f"{HEAD}\n{''.join(lines)}"


# A checkpoint of a public log (TrustFabric's Arche, for certificates), cosigned by public witnesses.
PUBLIC_POLICY = """
log arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f
witness remora remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2
witness smartit witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO
group both all remora smartit
quorum both
"""
PUBLIC_CHECKPOINT = """arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev \
zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev \
ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden \
2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 \
pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de \
2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
"""

WITNESSES = "".join(witness(name) for name in NAMES)
# The example of c2sp.org/tlog-policy.
GROUPS = (
    "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n"
    "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
)


def test_a_quorum_of_groups_is_met_by_exactly_the_right_witnesses() -> None:
    policy = parse_policy(log() + WITNESSES + GROUPS)
    for count in range(len(NAMES) + 1):
        for chosen in combinations(NAMES, count):
            of_x, of_y = (sum(name.startswith(letter) for name in chosen) for letter in "XY")
            assert policy.satisfied_by(chosen) is (of_x >= 2 and of_y >= 1)
            assert policy.confirm(parse(cosigned(*chosen))).quorum_met is (of_x >= 2 and of_y >= 1)
    assert policy.fewest() == 3


def test_a_checkpoint_that_a_public_log_and_public_witnesses_signed_is_confirmed() -> None:
    policy = parse_policy(PUBLIC_POLICY)
    confirmed = policy.confirm(parse(PUBLIC_CHECKPOINT))
    assert (confirmed.checkpoint.size, confirmed.quorum_met) == (1432088532, True)
    assert {datetime.fromtimestamp(time, UTC).year for time in confirmed.witnesses.values()} == {2026}
    for changed in ("1432088533", "1432088531"):
        with pytest.raises(PolicyError, match="does not hold"):
            policy.confirm(parse(PUBLIC_CHECKPOINT.replace("1432088532", changed)))


def test_comments_blanks_and_urls_are_read_as_the_specification_has_them() -> None:
    policy = parse_policy(f"# who watches\n\n \t {log()}\t{witness('X1', 'https://x1.example/w')}  quorum \t X1  ")
    assert policy.witnesses["X1"].url == "https://x1.example/w"
    assert policy.logs[0].url is None
    assert policy.quorum == "X1"


def test_a_policy_without_witnesses_needs_the_log_alone() -> None:
    policy = parse_policy(f"{log()}quorum none")
    assert policy.confirm(parse(cosigned())).quorum_met
    with pytest.raises(PolicyError, match="No key"):
        policy.confirm(parse(cosigned(by="somebody else")))


def test_while_keys_change_either_key_of_the_log_is_enough() -> None:
    policy = parse_policy(f"{log('old')}{log('new')}quorum none")
    assert policy.confirm(parse(cosigned(by="old"))).checkpoint.size == 3
    assert policy.confirm(parse(cosigned(by="new"))).checkpoint.size == 3


def test_a_checkpoint_of_another_log_is_refused_though_its_witnesses_signed() -> None:
    policy = parse_policy(log(origin="other.example") + witness("X1") + "quorum X1\n")
    with pytest.raises(PolicyError, match="No key"):
        policy.confirm(parse(cosigned("X1")))


def test_a_false_signature_of_a_witness_in_the_policy_is_refused() -> None:
    policy = parse_policy(log() + witness("X1") + "quorum none\n")
    false = sign_line("else\n", name="X1.example", seed=seed("X1"), kind=COSIGNATURE, time=7)
    with pytest.raises(PolicyError, match="does not hold"):
        policy.confirm(parse(cosigned() + false))


def test_a_policy_that_trusts_nobody_is_met_by_nobody_in_particular() -> None:
    assert Policy().satisfied_by([])
    assert not parse_policy(witness("X1") + "quorum X1").satisfied_by(["X2"])


words = st.sampled_from(
    ["log", "witness", "group", "quorum", "none", "any", "all", "1", "X1", "X2", "#", " ", "\t", "\n", log()[4:-1]]
)


@patient
@given(st.text() | st.lists(words | st.text(max_size=3), max_size=30).map(" ".join))
def test_whatever_stands_in_a_file_is_a_policy_or_refused_with_its_line(text: str) -> None:
    try:
        policy = parse_policy(text)
    except PolicyError as error:
        assert re.match("Line [1-9]|A policy has exactly one line", str(error))  # noqa: PT017 - both ends are right
    else:
        assert policy.satisfied_by(policy.witnesses)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "exactly one line"),
        (log(), "exactly one line"),
        ("quorum none\nquorum none\n", "Line 2"),
        ("quorum X1\n" + witness("X1"), "Line 1"),
        (witness("X1") + witness("X1").replace("witness X1", "witness X2"), "another witness has this key"),
        (log() + log(), "another log has this key"),
        (witness("X1") + witness("X2").replace("witness X2", "witness X1"), "taken"),
        (witness("none"), "taken"),
        ("group G any X1\n", "not defined"),
        (witness("X1") + "group G any X1 X1\n", "member already"),
        (witness("X1") + "group G any X1\ngroup H any X1\n", "member already"),
        (witness("X1") + "group G 2 X1\n", "threshold"),
        (witness("X1") + "group G 0 X1\n", "threshold"),
        (witness("X1") + "group G 01 X1\n", "threshold"),
        (witness("X1") + "group G most X1\n", "threshold"),
        (witness("X1") + "group G any\n", "no log, witness"),
        ("group G any G\n", "not defined"),
        ("quorum none\r\n", "control character"),
        ("quorum\u00a0none\n", "no log, witness"),
        (log().replace("log ", "witness X1 "), "kind 4"),
        (witness("X1").replace("witness X1", "log"), "kind 1"),
        ("log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2K\nquorum none\n", "Line 1"),
    ],
)
def test_what_is_not_a_policy_is_refused_with_the_line(text: str, complaint: str) -> None:
    with pytest.raises(PolicyError, match=complaint):
        parse_policy(text)
