"""What differs between two texts, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.console.presenters.word_difference import Piece, difference
from tests.properties import patient

texts = st.text(alphabet="ab \n", max_size=40)


@given(before=texts, after=texts)
@patient
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.words for piece in pieces if piece.change != "added") == before
    assert "".join(piece.words for piece in pieces if piece.change != "removed") == after
    assert all(piece.words for piece in pieces)


def test_a_text_of_thousands_of_words_is_compared_as_a_whole() -> None:
    long = "woord " * 5_000
    assert difference(long, f"{long}nog") == (Piece("removed", long), Piece("added", f"{long}nog"))
    assert difference(long, long) == (Piece("same", long),)


def test_a_word_that_changed_stands_between_those_that_did_not() -> None:
    assert difference("Zolang het duurt.", "Zolang het traject duurt.") == (
        Piece("same", "Zolang het "),
        Piece("added", "traject "),
        Piece("same", "duurt."),
    )
