from pathlib import Path

import pytest

from tasmat_check.files import UnreadableError
from tasmat_check.readers import json_items
from tasmat_check.readers.json_items import read_items

from .conftest import Write


@pytest.fixture(params=[8_000_000, 20], ids=["whole", "streamed"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", request.param)


@pytest.mark.usefixtures("_each_way")
@pytest.mark.parametrize("end", ["", ";", ";\n", "\n;\r\n ", " " * 200_000 + ";"])
def test_a_script_may_end_in_a_semicolon(write: Write, end: str) -> None:
    path = write("a.js", 'window.a.b = [{"t": "one;"}, {"t": ";"}]' + end)
    assert list(read_items(path, opening="window.a.b =")) == [{"t": "one;"}, {"t": ";"}]


@pytest.mark.usefixtures("_each_way")
def test_what_stands_before_a_break_is_read_and_the_break_is_told(write: Write) -> None:
    path = write("a.js", '= [{"t": "£"}, {"t": ; ')
    items = read_items(path, opening="=")
    assert next(items) == {"t": "£"}
    with pytest.raises(UnreadableError, match="breaks off or is damaged"):
        next(items)


def test_a_semicolon_at_the_end_of_a_read_is_kept(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", 20)
    text = ";" * 200_000 + " £ " + "; " * 200_000
    path = write("a.json", f'[{{"t": "{text}"}}]')
    assert list(read_items(path)) == [{"t": text}]
    assert Path(path).stat().st_size > 500_000
