import json
import zipfile
from pathlib import Path

import pytest

from tasmat_check.models import Draft
from tasmat_check.readers import read_posts

from .conftest import PNG, Write

PICTURE = "your_facebook_activity/posts/media/Fete_1/a.png"


def _zip(path: Path, files: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _posts(uri: str) -> str:
    media = {"uri": uri, "creation_timestamp": 1}
    post = {"timestamp": 5, "data": [{"post": "Chips"}], "attachments": [{"data": [{"media": media}]}]}
    return json.dumps([post])


def _read(*paths: str) -> list[Draft]:
    return list(read_posts(paths, "personal"))


@pytest.mark.parametrize("paths", [["e"], ["e/jo-1.zip", "e/jo-2.zip"]])
def test_a_picture_in_another_part_is_joined_to_its_post(write: Write, tmp_path: Path, paths: list[str]) -> None:
    write("e/readme.txt", "Fete on Saturday")
    _zip(tmp_path / "e/jo-1.zip", {"your_facebook_activity/posts/your_posts_1.json": _posts(PICTURE)})
    _zip(tmp_path / "e/jo-2.zip", {PICTURE: PNG, "your_facebook_activity/posts/media/Fete_1/b.png": PNG})
    post, alone, *_ = _read(*paths)
    assert (post.text, post.images, post.skipped) == ("Chips", (f"e/jo-2.zip/{PICTURE}",), ())
    assert alone.images == ("e/jo-2.zip/your_facebook_activity/posts/media/Fete_1/b.png",)


@pytest.mark.parametrize("uri", ["Fete_1/a.png", "media/Fete_2/a.png"])
def test_a_picture_that_may_be_of_somebody_else_is_not_joined(write: Write, tmp_path: Path, uri: str) -> None:
    write("e/readme.txt", "Fete on Saturday")
    _zip(tmp_path / "e/jo.zip", {"posts/your_posts_1.json": _posts(uri)})
    _zip(tmp_path / "e/sam.zip", {PICTURE: PNG})
    post, _, picture = _read("e")
    assert [skipped.reason for skipped in post.skipped] == ["is not in the export"]
    assert picture.images == (f"e/sam.zip/{PICTURE}",)


def test_a_damaged_part_hides_no_other(write: Write, tmp_path: Path) -> None:
    write("e/jo-0.zip", "no archive")
    _zip(tmp_path / "e/jo-1.zip", {"posts/your_posts_1.json": _posts(PICTURE)})
    _zip(tmp_path / "e/jo-2.zip", {PICTURE: PNG})
    damaged, post = _read("e")
    assert damaged.skipped[0].reason.startswith("is neither a zip nor a tar archive")
    assert post.images == (f"e/jo-2.zip/{PICTURE}",)
