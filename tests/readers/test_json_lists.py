import json
import zipfile
from pathlib import Path

import pytest

from tasmat_check.readers import json_items
from tasmat_check.readers.json_items import read_items, read_items_of


@pytest.mark.parametrize("opening", ["", "window.YTD.tweets.part0 ="])
@pytest.mark.parametrize("smallest", [10, 1_000])
def test_items_are_read_inside_an_archive_whatever_the_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opening: str, smallest: int
) -> None:
    monkeypatch.setattr(json_items, "_CHUNK", 40)
    items = [{"text": "It’s £3 😀", "number": number} for number in range(smallest)]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("posts.js", f"{opening} {json.dumps(items)}")
    assert list(read_items(str(tmp_path / "a.zip" / "posts.js"), opening=opening)) == items


def test_items_of_several_lists_are_read_in_one_pass(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"a": {"b": [1, {"c": [2]}, [3]], "x": [4]}, "d": [2**70], "b": None}), encoding="utf-8")
    found = list(read_items_of(str(path), {"a.b", "d"}.__contains__))
    assert found == [("a.b", 1), ("a.b", {"c": [2]}), ("a.b", [3]), ("d", 2**70)]
