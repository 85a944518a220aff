"""Files of posts in Parquet."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tasmat_check.readers import read_posts

duckdb = pytest.importorskip("duckdb", reason="the extra [parquet] is not installed")


def made(folder: Path, query: str, name: str = "posts.parquet") -> str:
    path = folder / "made.parquet"
    duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return str(path.rename(folder / name))


def test_columns_are_named_as_in_csv(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    path = made(
        tmp_path,
        "SELECT 'a1' AS id, 'Chips £5 😀' AS Text, TIMESTAMP '2024-05-01 08:00:00' AS date, ['a.png'] AS images "
        "UNION ALL SELECT 'a2', 'Gulls', NULL, NULL",
    )
    first, second = read_posts([path], "personal")
    assert (first.id, first.text, first.images) == ("a1", "Chips £5 😀", (str(tmp_path / "a.png"),))
    assert first.published is not None
    assert first.published.replace(tzinfo=UTC) == datetime(2024, 5, 1, 8, tzinfo=UTC)
    assert (second.id, second.text, second.published) == ("a2", "Gulls", None)


def test_every_row_of_a_long_file_is_read_once(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT i AS id, 'post ' || i AS text FROM range(5000) t(i)")
    assert [draft.id for draft in read_posts([path], "personal")] == [str(number) for number in range(5_000)]


def test_a_name_is_no_pattern(tmp_path: Path) -> None:
    path = made(tmp_path, "SELECT 'chips' AS text", "po[s]ts*.parquet")
    made(tmp_path, "SELECT 'other' AS text", "posts1.parquet")
    assert [draft.text for draft in read_posts([path], "personal")] == ["chips"]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"text,id\nchips,1\n"])
def test_what_is_no_parquet_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "posts.parquet").write_bytes(content)
    (draft,) = read_posts([str(tmp_path / "posts.parquet")], "personal")
    assert draft.skipped[0].reason == "is a damaged Parquet file, or none"


def test_a_table_without_words_is_told(tmp_path: Path) -> None:
    (draft,) = read_posts([made(tmp_path, "SELECT 1 AS likes, 2 AS views")], "personal")
    assert "no text column" in draft.skipped[0].reason


def test_inside_an_archive_it_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(made(tmp_path, "SELECT 'chips' AS text"), "posts.parquet")
    (draft,) = read_posts([str(tmp_path / "export.zip")], "personal")
    assert draft.skipped[0].reason == "Parquet is not read inside an archive; unpack it first"


def test_from_shared_storage(tmp_path: Path) -> None:
    storage = pytest.importorskip("fsspec").filesystem("memory")
    storage.pipe_file(f"memory://{tmp_path.name}/posts.parquet", Path(made(tmp_path, "SELECT 'a' text")).read_bytes())
    (draft,) = read_posts([f"memory://{tmp_path.name}/posts.parquet"], "personal")
    storage.rm(f"memory://{tmp_path.name}", recursive=True)
    assert (draft.text, draft.skipped) == ("a", ())
