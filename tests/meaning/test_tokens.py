"""Cutting texts into the pieces that the encoder reads."""

from itertools import pairwise
from pathlib import Path

import pytest

from tasmat_check import pack
from tasmat_check.meaning.tokens import LONGEST, OFFICIAL, OVERLAP, TYPES, PieceTokenizer
from tasmat_check.models import Span

TOKENIZER = PieceTokenizer(pack.builtin_folder() / "model" / "tokenizer.json")


def test_pieces_stand_where_they_were_in_the_text() -> None:
    text = "Zoë’s £5 café 🎉 class"
    (window,) = TOKENIZER.windows(text, "personal")
    pieces = [text[span.start : span.end] for span in window.spans]
    assert pieces[0] == pieces[-1] == ""
    assert "".join(pieces) == text.replace(" ", "")
    assert len(window.ids) == len(window.types) == len(window.spans)


@pytest.mark.parametrize(
    ("text", "types"),
    [("sam ran", [0, 0]), ("Sam ran", [1, 0]), ("SAM RAN", [2, 2]), ("I ran", [1, 0]), ("8 ran", [0, 0])],
)
def test_a_type_tells_how_a_piece_is_written(text: str, types: list[int]) -> None:
    assert list(TOKENIZER.windows(text, "personal")[0].types) == [0, *types, 0]


def test_the_channel_is_told_by_every_type() -> None:
    personal, official = (TOKENIZER.windows("Sam ran", channel)[0] for channel in ("personal", "official"))
    assert [number + OFFICIAL for number in personal.types] == list(official.types)
    assert max(official.types) < TYPES


def test_case_changes_the_types_alone() -> None:
    small, loud = (TOKENIZER.windows(text, "personal")[0] for text in ("kieran bit me", "KIERAN BIT ME"))
    assert small.ids == loud.ids
    assert small.types != loud.types


def test_an_empty_text_is_one_empty_window() -> None:
    (window,) = TOKENIZER.windows("", "personal")
    assert window.spans == (Span(0, 0), Span(0, 0))


def test_long_texts_are_read_in_windows_that_overlap_and_leave_nothing_out() -> None:
    text = "word " * 500
    windows = TOKENIZER.windows(text, "personal")
    assert all(len(window.ids) <= LONGEST + 2 for window in windows)
    covered = [span for window in windows for span in window.spans[1:-1]]
    assert {span.start for span in covered} == set(range(0, 2500, 5))
    assert len(covered) == 500 + OVERLAP * (len(windows) - 1)


def test_a_vocabulary_without_the_marks_is_refused(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models

    path = tmp_path / "tokenizer.json"
    Tokenizer(models.WordLevel({"a": 0}, unk_token="a")).save(str(path))  # noqa: S106 - a token of words
    with pytest.raises(ValueError, match="CLS"):
        PieceTokenizer(path)


def test_only_a_long_text_has_close_ups() -> None:
    assert TOKENIZER.cut("Short and sweet. Twice.", "personal")[1] == []


def test_close_ups_hold_each_sentence_with_its_neighbour() -> None:
    sentences = [f"The number {number} bus was late by the old harbour wall again." for number in range(20)]
    text = " ".join(sentences)
    _, close = TOKENIZER.cut(text, "personal")
    shown = [text[window.spans[0].start : window.spans[-1].end] for window in close]
    assert shown == [f"{one} {other}" for one, other in pairwise(sentences)]


def test_a_long_text_without_sentences_has_close_ups_of_bounded_length() -> None:
    _, close = TOKENIZER.cut("word " * 500, "personal")
    assert max(len(window.ids) for window in close) <= 2 * 64 + 2
    assert {span.start for window in close for span in window.spans[1:-1]} == set(range(0, 2500, 5))
