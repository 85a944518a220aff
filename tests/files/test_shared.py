"""Files and folders by the URLs of shared storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tasmat_check.files import UnreadableError, is_file, load, open_binary
from tasmat_check.files.shared import in_full, is_shared_folder, joined, names_below, parent, shared_mark
from tasmat_check.readers import Intake, read_posts

fsspec = pytest.importorskip("fsspec", reason="the extra [shared] is not installed")


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[str]:
    """Give an empty folder in memory."""
    storage = fsspec.filesystem("memory")
    url = f"memory://{tmp_path.name}"
    storage.makedirs(url)
    yield url
    storage.rm(url, recursive=True)


def put(url: str, content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    fsspec.filesystem("memory").pipe_file(url, data)


def test_files_and_folders_are_told_apart(bucket: str) -> None:
    put(f"{bucket}/a/b.txt", "x" * 20)
    assert load(f"{bucket}/a/b.txt", 20) == b"x" * 20
    assert is_file(f"{bucket}/a/b.txt")
    assert not is_file(f"{bucket}/a")
    assert is_shared_folder(f"{bucket}/a")
    assert not is_shared_folder(f"{bucket}/c")
    with pytest.raises(UnreadableError, match="no such file"):
        open_binary(f"{bucket}/c.txt")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("memory://a.zip/x::memory://b", "is a chained URL, which is not opened"),
        ("zip://x::http://example.org/b.zip", "is a chained URL, which is not opened"),
        ("nonsense://b/x.csv", "Protocol not known: nonsense"),
    ],
)
def test_what_cannot_be_reached_is_told_in_one_line(path: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as error:
        open_binary(path)
    assert reason in error.value.reason
    assert "\n" not in error.value.reason


def test_paths_are_joined_and_parted_as_urls() -> None:
    assert joined("s3://b/a/", "x/y.csv") == "s3://b/a/x/y.csv"
    assert parent("s3://b/a/y.csv") == "s3://b/a"
    assert in_full("s3://b/a") == "s3://b/a"
    assert Path(in_full("a")).is_absolute()


def test_a_changed_file_has_another_mark(bucket: str) -> None:
    put(f"{bucket}/a.csv", "one")
    marks = [shared_mark(bucket), shared_mark(f"{bucket}/a.csv")]
    assert [shared_mark(bucket), shared_mark(f"{bucket}/a.csv")] == marks
    put(f"{bucket}/a.csv", "longer")
    assert shared_mark(bucket) != marks[0]
    assert shared_mark(f"{bucket}/a.csv") != marks[1]


def test_a_folder_is_read_with_the_pictures_of_its_posts(bucket: str, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    put(f"{bucket}/media/a.png", (tmp_path / "a.png").read_bytes())
    put(f"{bucket}/more/posts.csv", "id,text,images\nb,Gulls,\n")
    put(f"{bucket}/posts.jsonl", '{"id": "a", "text": "Chips", "images": ["media/a.png", "zip://x::http://e/y.png"]}')
    put(f"{bucket}/.hidden/posts.csv", "id,text\nc,Rain\n")
    assert list(names_below(bucket)) == ["posts.jsonl", ".hidden/posts.csv", "media/a.png", "more/posts.csv"]
    drafts = {draft.id: draft for draft in read_posts([bucket], "personal", Intake())}
    assert set(drafts) == {"a", "b"}
    assert drafts["a"].images == (f"{bucket}/media/a.png",)
    assert len(drafts["a"].skipped) == 1
    (single,) = read_posts([f"{bucket}/more/posts.csv"], "personal", Intake())
    assert single.text == "Gulls"


def test_what_is_missing_stands_in_the_report(bucket: str) -> None:
    (draft,) = read_posts([f"{bucket}/none.csv"], "personal", Intake())
    assert draft.skipped[0].reason == "no such file"
