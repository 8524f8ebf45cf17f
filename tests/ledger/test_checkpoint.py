"""A checkpoint has one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint

# The example of c2sp.org/tlog-checkpoint.
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

lines = st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1)


def test_the_published_checkpoint_is_read() -> None:
    read = parse_checkpoint(TEXT)
    assert (read.origin, read.size, read.extensions) == ("example.com/behind-the-sofa", 20852163, ())
    assert read.text() == TEXT


@given(
    st.builds(
        Checkpoint,
        origin=lines,
        size=st.integers(0, 2**63 - 1),
        root=st.binary(min_size=32, max_size=32),
        extensions=st.lists(lines, max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_back(checkpoint: Checkpoint) -> None:
    assert parse_checkpoint(checkpoint.text()) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.removesuffix("\n"),
        TEXT + "\n",
        "\n" + TEXT,
        "\n".join(TEXT.split("\n")[:2]) + "\n",
        TEXT.replace("20852163", "020852163"),
        TEXT.replace("20852163", "+20852163"),
        TEXT.replace("20852163", "٣"),
        TEXT.replace("20852163", "9" * 19),
        TEXT.replace("20852163", "1" * 5000),
        TEXT.replace("q2I=", "q2J="),
        TEXT.replace("CsUY", ""),
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError):
        parse_checkpoint(text)
