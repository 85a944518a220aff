"""Archives on shared storage are read in place."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tasmat_check.files import UnreadableError, is_file, load, open_archive
from tasmat_check.readers import read_posts

fsspec = pytest.importorskip("fsspec", reason="the extra [shared] is not installed")

POSTS = b"id,text,images\na,Chips,media/a.png\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "png")
    return out.getvalue()


def packed(kind: str) -> bytes:
    out = io.BytesIO()
    members = {"posts.csv": POSTS, "media/a.png": picture()}
    if kind == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode="w:gz" if kind == "tar.gz" else "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.fixture(params=["memory", "file"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    url = f"memory://{tmp_path.name}" if request.param == "memory" else f"file://{tmp_path}"
    yield url
    if request.param == "memory":
        fsspec.filesystem("memory").rm(url, recursive=True)


def put(url: str, content: bytes) -> None:
    with fsspec.open(url, "wb") as file:
        file.write(content)


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_members_are_read_in_place(root: str, kind: str) -> None:
    place = f"{root}/export.{kind}"
    put(place, packed(kind))
    assert open_archive(place).names == ("posts.csv", "media/a.png")
    assert load(f"{place}/posts.csv", 1_000) == POSTS
    assert load(f"{place}/media/a.png", 10_000) == picture()
    assert is_file(f"{place}/media/a.png")
    assert not is_file(f"{place}/media/b.png")


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_posts_have_the_pictures_in_the_same_archive(root: str, kind: str) -> None:
    place = f"{root}/export.{kind}"
    put(place, packed(kind))
    (draft,) = read_posts([place], "personal")
    assert (draft.id, draft.text, draft.skipped) == ("a", "Chips", ())
    assert draft.images == (f"{place}/media/a.png",)


def test_a_changed_archive_is_opened_anew(root: str) -> None:
    put(f"{root}/export.zip", packed("zip"))
    assert len(open_archive(f"{root}/export.zip").names) == 2
    put(f"{root}/export.zip", packed("tar"))
    assert type(open_archive(f"{root}/export.zip")).__name__ == "TarArchive"


def test_a_cut_archive_is_told(root: str) -> None:
    put(f"{root}/export.zip", packed("zip")[:-30])
    with pytest.raises(UnreadableError, match="damaged"):
        open_archive(f"{root}/export.zip")
