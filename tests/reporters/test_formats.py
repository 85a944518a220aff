import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.models import Draft, Level, Location, Report, Span
from tasmat_check.reporters import FORMATS, load
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.marking import stretches

from .samples import encoded, finding, small_pack


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_loads_and_takes_the_same_options(name: str) -> None:
    load(name)([], small_pack(), io.StringIO(), mask=True, quiet=True)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        load("docx")


def test_no_format_is_loaded_before_it_is_asked_for() -> None:
    script = "import sys, tasmat_check.reporters; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1), st.data())
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp437"])
def test_any_text_can_be_written(name: str, encoding: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    evidence = text[start : data.draw(st.integers(start + 1, len(text)))]
    found = finding(text, evidence, "5.4")
    out, written = encoded(encoding)
    load(name)([Report(Draft(text, text, text), (found,), {"5.4": Level.BREACH})], small_pack(), out)
    output = written().decode(encoding)
    assert not any(ord(c) < 32 and c != "\n" for c in output)


@given(st.text(), st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12), st.sampled_from(Level))))
def test_cutting_a_text_loses_nothing(text: str, spans: list[tuple[int, int, Level]]) -> None:
    found = [finding("x", "x", "5.4", level=level, location=Location(Span(a, b))) for a, b, level in spans]
    pieces = list(stretches(text, found))
    assert "".join(piece for piece, _ in pieces) == text
    levels = [level for piece, level in pieces for _ in piece]
    for place, level in enumerate(levels):
        assert level == max((grade for a, b, grade in spans if a <= place < b), default=None)


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("utf-8", "a\tb", "a    b"),
        ("utf-8", "é 👋 “x”", "é 👋 “x”"),
        ("cp1252", "é 👋 “x” ● …", "é ? “x” * …"),
        ("ascii", "é – “x” … Ⓢ", 'e - "x" ... S'),
        ("ascii", "\x1b[31m", "\\x1b[31m"),
    ],
)
def test_lettering(encoding: str, text: str, shown: str) -> None:
    assert Lettering(encoding).shown(text) == shown


def test_a_console_without_modern_signs_gets_simple_ones() -> None:
    assert Lettering("utf-8", simple=True).signs == Lettering("ascii").signs
    assert Lettering("utf-8").signs != Lettering("ascii").signs
