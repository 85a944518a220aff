"""Wording: the words and sentences of a text."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.models import Span
from tasmat_check.wording import Wording, keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't", [("dont", "dont")]),
        ("Sam's mum", [("sams", "sam"), ("mum", "mum")]),
        ("Sam’s", [("sams", "sam")]),
        ("the boys' room", [("the", "the"), ("boys", "boys"), ("room", "room")]),
        ("sh!t b@stard a$$", [("shit", "shit"), ("bastard", "bastard"), ("a", "a")]),
        ("f*** s**t", [("f***", "f***"), ("s**t", "s**t")]),
        ("sam@example.org", [("sam", "sam"), ("example", "example"), ("org", "org")]),
        ("half-term", [("half", "half"), ("term", "term")]),
        ("🎉 ... !", []),
        ("", []),
    ],
)
def test_words_have_a_key_and_a_stem(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(word.key, word.stem) for word in Wording(text).words] == expected


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three", ["One.", " Two!", " Three"]),
        ("Really?! (Yes.) No", ["Really?!", " (Yes.)", " No"]),
        ("a line\nanother\r\nthird", ["a line\n", "another\r\n", "third"]),
        ("at 3.15 on www.example.org today", ["at 3.15 on www.example.org today"]),
        ("so… well", ["so…", " well"]),
        ("... and then", [" and then"]),
        ("\n\n", []),
        ("", []),
    ],
)
def test_sentences_end_at_marks_and_line_breaks(text: str, sentences: list[str]) -> None:
    assert [text[span.start : span.end] for span in Wording(text).sentences] == sentences


def test_words_know_their_sentence() -> None:
    words = Wording("My class. My form!\nMine").words
    assert [word.sentence for word in words] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(0, 2), ["my"]),
        (Span(1, 4), ["my", "new"]),
        (Span(2, 3), []),
        (Span(0, 16), ["my", "new", "school"]),
        (Span(13, 13), []),
        (Span(13, 40), []),
    ],
)
def test_words_in_a_stretch(span: Span, words: list[str]) -> None:
    wording = Wording("my new school 🎉")
    assert [wording.words[at].key for at in wording.words_in(span)] == words


@pytest.mark.parametrize("text", ["." * 50_000 + "x", ".'" * 25_000, "a@" * 25_000, "a" + "*" * 50_000, "a'" * 25_000])
def test_reading_takes_time_in_proportion(text: str) -> None:
    start = process_time()
    wording = Wording(text)
    assert wording.sentences
    assert isinstance(wording.words, tuple)
    assert process_time() - start < 2


_TEXTS = st.text(alphabet=st.one_of(st.sampled_from("ab .!?'\"\n\r*@$é\u200b👩"), st.characters()))


@given(_TEXTS)
def test_words_and_sentences_stand_in_order_within_the_text(text: str) -> None:
    wording = Wording(text)
    ends = 0
    for span in wording.sentences:
        assert ends <= span.start < span.end <= len(text)
        ends = span.end
    starts = 0
    for word in wording.words:
        sentence = wording.sentences[word.sentence]
        assert starts <= word.start < word.end
        assert sentence.start <= word.start
        assert word.end <= sentence.end
        starts = word.start


@given(_TEXTS)
def test_a_phrase_has_the_keys_that_its_words_have_in_a_text(text: str) -> None:
    assert keys(text) == tuple(word.key for word in Wording(text).words)
