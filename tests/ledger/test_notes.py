"""Signed notes are those of C2SP: its examples verify, and whatever is changed in them does not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.ed25519 import public_key
from compliance.ledger.notes import (
    COSIGNATURE,
    LOG_SIGNATURE,
    Note,
    NoteError,
    parse,
    sign_line,
    signed_by,
    verified,
    verifier_of,
    vkey,
)
from tests.properties import patient

# The examples of c2sp.org/signed-note and of golang.org/x/mod/sumdb/note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

LOG, WITNESS = bytes(range(32)), bytes(range(32, 64))
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"], exclude_characters="+"), min_size=1)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=80
).map(lambda text: f"{text}\n")


@pytest.mark.parametrize(("key", "note"), [(VKEY, NOTE), (GO_VKEY, GO_NOTE)], ids=["c2sp", "go"])
def test_the_published_notes_verify(key: str, note: str) -> None:
    assert verified(parse(note), [verifier_of(key)]) == [verifier_of(key).name]
    assert str(parse(note)) == note


@patient
@given(texts, names, names, st.integers(1, 2**63 - 1))
def test_what_a_log_and_a_witness_sign_is_read_back_as_theirs(text: str, log: str, witness: str, time: int) -> None:
    lines = sign_line(text, name=log, seed=LOG) + sign_line(
        text, name=witness, seed=WITNESS, kind=COSIGNATURE, time=time
    )
    note = parse(f"{text}\n{lines}")
    assert note.text == text
    keys = [
        verifier_of(vkey(log, public_key(LOG))),
        verifier_of(vkey(witness, public_key(WITNESS), COSIGNATURE)),
    ]
    assert [(signed.verifier, signed.time) for signed in signed_by(note, keys)] == [(keys[0], 0), (keys[1], time)]
    assert verified(note, keys[1:]) == [witness]


@patient
@given(st.data())
def test_any_bit_changed_in_a_cosigned_note_is_noticed(choice: st.DataObject) -> None:
    text = "log.example\n3\nroot\n"
    line = sign_line(text, name="witness.example", seed=WITNESS, kind=COSIGNATURE, time=1679315147)
    note = f"{text}\n{line}".encode()
    bit = choice.draw(st.integers(0, len(note) * 8 - 1))
    changed = (int.from_bytes(note) ^ 1 << bit).to_bytes(len(note))
    key = verifier_of(vkey("witness.example", public_key(WITNESS), COSIGNATURE))
    try:
        names = verified(parse(changed.decode()), [key])
    except (NoteError, UnicodeDecodeError):
        names = []
    assert names == []


def test_signatures_of_unknown_keys_are_ignored_even_under_a_known_name() -> None:
    text = "said\n"
    other = verifier_of(vkey("log.example", public_key(WITNESS)))
    note = parse(f"{text}\n{sign_line(text, name='log.example', seed=LOG)}")
    assert verified(note, [other]) == []
    assert verified(note, []) == []


def test_one_false_signature_of_a_known_key_spoils_the_whole_note() -> None:
    text = "said\n"
    good = sign_line(text, name="log.example", seed=LOG)
    false = sign_line("something else\n", name="witness.example", seed=WITNESS, kind=COSIGNATURE, time=1)
    keys = [verifier_of(vkey("log.example", public_key(LOG)))]
    assert verified(parse(f"{text}\n{good}{false}"), keys) == ["log.example"]
    keys.append(verifier_of(vkey("witness.example", public_key(WITNESS), COSIGNATURE)))
    with pytest.raises(NoteError, match="under the name witness"):
        verified(parse(f"{text}\n{good}{false}"), keys)


def test_a_witness_cannot_pass_for_the_log_with_the_same_key() -> None:
    text = "said\n"
    line = sign_line(text, name="log.example", seed=LOG, kind=COSIGNATURE, time=1)
    assert verified(parse(f"{text}\n{line}"), [verifier_of(vkey("log.example", public_key(LOG)))]) == []


def test_a_key_that_signs_twice_counts_once() -> None:
    line = sign_line("said\n", name="log.example", seed=LOG)
    assert verified(parse(f"said\n\n{line}{line}"), [verifier_of(vkey("log.example", public_key(LOG)))]) == [
        "log.example"
    ]


def test_the_text_ends_at_the_last_empty_line() -> None:
    text = "Ognuno sta solo\n\ned è subito sera.\n"
    note = parse(f"{text}\n{sign_line(text, name='log.example', seed=LOG)}")
    assert note.text == text


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        NOTE.removesuffix("\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("—", "-"),
        NOTE.replace("example.com/foo", "example.com/foo+bar"),
        NOTE.replace("example.com/foo", "example.com/\u00a0foo"),
        NOTE.replace("example.com/foo", ""),
        NOTE.replace("=\n", "\n"),
        NOTE.replace("aQM=", "aQN="),
        NOTE.replace("This", "Th\0is"),
        NOTE.replace("This", "Th\ud800is"),
        NOTE + NOTE.split("\n\n")[1] * 100,
        "x" * 1_000_001 + NOTE,
    ],
    ids=lambda note: repr(note[:24]),
)
def test_what_is_not_a_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        parse(note)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "example.com/foo",
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("530d903a", "530D903A"),
        VKEY.replace("foo", "fo"),
        VKEY.replace("+Aeky", "+Aekz"),
        VKEY.replace("+Ae", "+Be"),
        VKEY[:-4],
    ],
)
def test_what_is_not_a_verifier_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        verifier_of(key)


@given(names, st.binary(min_size=32, max_size=32), st.sampled_from([LOG_SIGNATURE, COSIGNATURE]))
def test_a_verifier_key_is_read_back_as_written(name: str, public: bytes, kind: int) -> None:
    read = verifier_of(vkey(name, public, kind))
    assert (read.name, read.public, read.kind) == (name, public, kind)


@patient
@given(st.text() | st.text().map(lambda text: f"{text}\n\n— name AAAAAAAA\n"))
def test_whatever_is_read_is_a_note_that_is_written_back_as_it_was_or_refused(text: str) -> None:
    with suppress(NoteError):
        assert str(parse(text)) == text
    with suppress(NoteError):
        verifier = verifier_of(text)
        assert vkey(verifier.name, verifier.public, verifier.kind) == text


def test_a_note_may_have_no_signatures_yet() -> None:
    assert str(Note("said\n", ())) == "said\n\n"
