import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.files import UnreadableError
from tasmat_check.readers import json_items
from tasmat_check.readers.json_items import read_items

from ..files.archives import write_zip
from .conftest import Write


@pytest.fixture(params=[1, 7, 262_144], ids=["one", "few", "many"])
def _chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", request.param)
    monkeypatch.setattr(json_items, "SAMPLE", max(4, request.param))


ITEMS = [{"text": "£3 😀 \"'\\", "n": [1.5, -2, True, None]}, "[,]", 12, [], {}, 3e300]


@pytest.mark.usefixtures("_chunk")
@pytest.mark.parametrize(
    ("content", "where"),
    [
        (json.dumps(ITEMS), ""),
        (json.dumps(ITEMS, ensure_ascii=False, indent=2), ""),
        ("\ufeff \n" + json.dumps(ITEMS), ""),
        (json.dumps({"a": {"c": [1], "b": ITEMS}, "z": 1}), "a.b"),
        (json.dumps({"other": {"b": [{"b": [1]}, "]}"]}, "a": {"x": [[]], "b": ITEMS}}), "a.b"),
        ("[" + ", ".join(map(json.dumps, ITEMS)) + "] ; ", ""),
    ],
)
def test_items(write: Write, content: str, where: str) -> None:
    assert list(read_items(write("a.json", content), where)) == ITEMS
    assert list(read_items(write("b.json", content.removeprefix("\ufeff").encode("utf-16")), where)) == ITEMS


@pytest.mark.usefixtures("_chunk")
@pytest.mark.parametrize(
    "content", ["", "  ", "{}", "5", '"a.b"', '{"a": 1}', '{"a": [{"b": [1]}]}', '{"a": {"b": {}}}']
)
def test_a_list_that_is_not_there_has_no_items(write: Write, content: str) -> None:
    assert list(read_items(write("a.json", content), "a.b")) == []


def test_the_opening_of_a_script(write: Write) -> None:
    path = write("a.js", "window.YTD.tweets.part0 = [1, 2]\n;")
    assert list(read_items(path, opening="window.YTD.tweets.part0 =")) == [1, 2]
    assert list(read_items(write("b.js", "[1, 2]"), opening="window.YTD.tweets.part0 =")) == [1, 2]


@pytest.mark.usefixtures("_chunk")
@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (', {"t": ]', "the JSON breaks off or is damaged at line 2 column 17"),
        (', {"t": "cut', "the JSON breaks off or is damaged at line 2"),
        (", ", "the JSON breaks off or is damaged at line 2 column 11"),
        ("", "the JSON breaks off or is damaged at line 2"),
        (" 2]", "the JSON breaks off or is damaged at line 2 column 10"),
        (", nope]", "the JSON breaks off or is damaged at line 2 column 11"),
        (", " + "[" * 100_000, "the JSON has too many objects and lists within each other"),
        (", " + '{"a":' * 100_000, "the JSON has too many objects and lists within each other"),
        ("] [2]", "has something after the end of its list, which is not read"),
    ],
)
def test_items_before_a_break_are_read(write: Write, rest: str, reason: str) -> None:
    items = read_items(write("a.json", '[1,\n{"t": 1}' + rest))
    assert [next(items), next(items)] == [1, {"t": 1}]
    with pytest.raises(UnreadableError, match=reason):
        next(items)


def test_deep_nesting_on_the_way(write: Write) -> None:
    path = write("a.json", '{"x": ' + "[" * 100_000 + "]" * 100_000 + ', "a": [1]}')
    with pytest.raises(UnreadableError, match="within each other"):
        list(read_items(path, "a"))


def test_strange_numbers(write: Write) -> None:
    path = write("a.json", f"[NaN, -Infinity, {'9' * 10_000}, 12345678901234567890, 1e5]")
    assert list(read_items(path)) == [None, None, None, 12345678901234567890, 1e5]


@pytest.mark.parametrize(("content", "where"), [('[1, "{}"]', ""), ('{{"x": "{}", "a": [1]}}', "a")])
def test_an_item_that_is_too_long(write: Write, monkeypatch: pytest.MonkeyPatch, content: str, where: str) -> None:
    monkeypatch.setattr(json_items, "LONGEST_ITEM", 1_000)
    monkeypatch.setattr(json_items, "SAMPLE", 100)
    monkeypatch.setattr(json_items, "_CHUNK", 100)
    with pytest.raises(UnreadableError, match="holds an item longer than 1,000 characters"):
        list(read_items(write("a.json", content.format("x" * 5_000)), where))


def test_what_is_passed_over_may_be_longer_than_an_item(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_items, "LONGEST_ITEM", 1_000)
    monkeypatch.setattr(json_items, "SAMPLE", 100)
    monkeypatch.setattr(json_items, "_CHUNK", 100)
    content = {"x": {"y": [{"z": "x" * 500}] * 50}, "a": [1]}
    assert list(read_items(write("a.json", json.dumps(content)), "a")) == [1]


def test_a_large_list_in_an_archive(tmp_path: Path) -> None:
    items = [{"id": n, "text": "Chips by the sea"} for n in range(250_000)]
    content = b"window.x = " + json.dumps(items).encode()
    assert len(content) > 8_000_000
    path = write_zip(tmp_path / "a.zip", {"a.js": content})
    assert list(read_items(f"{path}/a.js", opening="window.x =")) == items


def test_windows_letters_and_a_broken_byte_spoil_only_themselves(write: Write) -> None:
    content = '["café", "Straße 😀", "'.encode() + b'caf\xe9 \x93x\x94"]'
    assert list(read_items(write("a.json", content))) == ["café", "Straße 😀", "café “x”"]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=50, deadline=None)
@given(items=st.lists(VALUES), indent=st.sampled_from([None, 1]), around=st.dictionaries(st.text(), VALUES))
def test_whatever_json_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, items: list[Any], indent: int | None, around: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    around.pop("a", None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "_CHUNK", 1)
        patch.setattr(json_items, "SAMPLE", 6)
        path.write_text(json.dumps({**around, "a": items}, indent=indent), "utf-8")
        assert list(read_items(str(path), "a")) == items
        path.write_text(json.dumps(items, indent=indent), "utf-8")
        assert json.dumps(list(read_items(str(path)))) == json.dumps(items)


def test_damage_behind_the_list_is_told(tmp_path: Path) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.CRC ^= 1

    content = json.dumps({"a": [1], "z": list(range(200_000))}).encode()
    items = read_items(write_zip(tmp_path / "a.zip", {"a.json": content}, forge) + "/a.json", "a")
    assert next(items) == 1
    with pytest.raises(OSError, match="the archive is damaged here"):
        next(items)
