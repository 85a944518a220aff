import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasmat_check.models import Draft
from tasmat_check.readers import load_picture, read_posts
from tasmat_check.readers.exports import Intake

from ..files.archives import WRITERS, write_tar, write_zip
from .conftest import PNG

POSTS = b"id,permalink,date,subreddit,title,body\n"
POST = b"a%d,/r/x/a%d,2024-05-01 18:02:03 UTC,Hastings,,Chips number %d\n"
MANY = POSTS + b"".join(POST % (n, n, n) for n in range(20_000))


def _read(path: str, intake: Intake | None = None) -> list[Draft]:
    return list(read_posts([path], "personal", intake))


@pytest.mark.parametrize("kind", WRITERS)
def test_an_export_in_an_archive(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path, {"wrapped/posts.csv": POSTS + POST % (1, 1, 1), "wrapped/x.json": b"{}"})
    intake = Intake()
    (draft,) = _read(path, intake)
    assert (draft.id, draft.text, draft.skipped) == ("a1", "Chips number 1", ())
    assert draft.source == str(Path(path, "wrapped/posts.csv"))
    assert list(intake.lines()) == ["Read 1 post: Reddit 1.", "Left out: other files of the export: 1."]


@pytest.mark.parametrize("kind", WRITERS)
def test_pictures_of_posts_are_read_from_the_archive(tmp_path: Path, kind: str) -> None:
    pictures = {f"media/{n}.png": PNG + bytes([n]) * 50_000 for n in range(12)}
    records = [{"text": "Sea", "images": [name]} for name in pictures]
    path = WRITERS[kind](tmp_path, {"posts.jsonl": "\n".join(map(json.dumps, records)).encode(), **pictures})
    drafts = _read(path)[:12]
    assert [draft.images for draft in drafts] == [(str(Path(path, name)),) for name in pictures]
    assert not any(draft.skipped for draft in drafts)
    with ThreadPoolExecutor(2) as pool:
        loaded = list(pool.map(load_picture, [draft.images[0] for draft in reversed(drafts)]))
    assert loaded == list(reversed(pictures.values()))


def test_a_picture_that_is_refused_is_told_with_its_post(tmp_path: Path) -> None:
    path = write_tar(tmp_path / "a.tar", {"p.jsonl": b'{"text": "Sea", "images": ["../b.png", "c.png", "d.png"]}'})
    (tmp_path / "b.png").write_bytes(PNG)
    (draft,) = _read(path)
    assert [gap.reason for gap in draft.skipped] == ["no such file"] * 3


@pytest.mark.parametrize("kind", ["zip", "stored"])
def test_posts_before_a_wrong_checksum_are_read(tmp_path: Path, kind: str) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.CRC ^= 1

    packing = zipfile.ZIP_STORED if kind == "stored" else zipfile.ZIP_DEFLATED
    records = json.dumps([{"text": f"Chips number {n}"} for n in range(20_000)]).encode()
    contents = {
        "a.csv": b"text\nChips\n",
        "b.json": records,
        "c.jsonl": b'{"text": "Sea"}\n' * 20_000,
        "posts.csv": MANY,
    }
    for name, content in contents.items():
        drafts = _read(write_zip(tmp_path / "a.zip", {name: content}, forge, packing))
        assert len(drafts) == {"a.csv": 2}.get(name, 20_001)
        assert [bool(draft.skipped) for draft in drafts] == [False] * (len(drafts) - 1) + [True]
        assert drafts[-1].skipped[0].what.startswith(str(tmp_path / "a.zip" / name))
        assert drafts[-1].skipped[0].reason == "reading broke off: the archive is damaged here"


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_posts_before_broken_bytes_are_read(tmp_path: Path, kind: str) -> None:
    path = Path(WRITERS[kind](tmp_path, {"posts.csv": MANY}))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = b"\xff" * 40
    path.write_bytes(data)
    drafts = _read(str(path))
    assert 5_000 < len([draft for draft in drafts if draft.text]) < 20_000
    assert drafts[0].text == "Chips number 0"
    assert any(gap.reason.endswith("the archive is damaged here") for draft in drafts for gap in draft.skipped)


def test_a_truncated_packed_tar(tmp_path: Path) -> None:
    path = Path(write_tar(tmp_path / "a.tar.gz", {"posts.csv": MANY, "z.csv": b"x"}))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    drafts = _read(str(path))
    assert drafts[0].text == "Chips number 0"
    assert [gap.reason.split(";")[0] for draft in drafts for gap in draft.skipped] == [
        "reading broke off: the archive is damaged here",
        "is damaged or cut off",
    ]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("contents", [{}, {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x"}])
def test_an_archive_without_posts(tmp_path: Path, kind: str, contents: dict[str, bytes]) -> None:
    path = WRITERS[kind](tmp_path, contents)
    intake = Intake()
    (gap,) = _read(path, intake)[0].skipped
    assert gap.what == path
    assert gap.reason.startswith("holds no posts; looked for exports of ")
    assert "Reddit" in gap.reason
    assert intake.left_out.total() == len(contents)


def test_an_export_that_holds_no_posts_of_its_owner(tmp_path: Path) -> None:
    (gap,) = _read(write_zip(tmp_path / "a.zip", {"r/posts.csv": POSTS, "r/x.json": b"{}"}))[0].skipped
    assert gap.reason == "holds no posts of yours: r/posts.csv of Reddit is there, but has none"
    (tmp_path / "posts.csv").write_bytes(POSTS)
    (gap,) = _read(str(tmp_path / "posts.csv"))[0].skipped
    assert gap.reason == "is a file of Reddit, but holds no posts of yours"


def test_refused_members_are_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"posts.csv": POSTS + POST % (1, 1, 1), "../b.txt": b"x", "c.zip": b"x"})
    drafts = _read(path)
    assert [(d.text, [gap.what for gap in d.skipped]) for d in drafts] == [
        ("Chips number 1", []),
        ("", [f"{path}: ../b.txt"]),
        ("", [f"{path}: c.zip"]),
    ]


def test_a_zip_by_another_name(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    path = (tmp_path / "a.zip").rename(tmp_path / "a.txt")
    assert [gap.reason for gap in _read(str(path))[0].skipped] == ["a zip or Office file is not text"]


_MEASURED = """
import re, sys
from pathlib import Path
from tasmat_check.readers import read_posts
for draft in read_posts(sys.argv[1:], "personal"):
    print(draft.text[:10], [gap.reason for gap in draft.skipped])
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def _measured(path: str) -> tuple[list[str], int]:
    """Read posts in a process of its own, and give its lines and the megabytes that it took at most."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell the memory of a process")
    command = [sys.executable, "-c", _MEASURED, path]
    *lines, memory = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
    return lines, int(memory) // 1024


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> int:
    folder = tmp_path_factory.mktemp("small")
    return _measured(write_zip(folder / "a.zip", {"a.jsonl": b'{"text": "Sea"}'}))[1]


@pytest.mark.skipif(os.name == "nt", reason="files have no gaps here unless asked for")
def test_a_large_archive_needs_no_more_memory_than_a_small_one(tmp_path: Path, small: int) -> None:
    path, size = tmp_path / "a.zip", 10 << 30
    with path.open("wb") as file, zipfile.ZipFile(file, "w") as archive:
        video = zipfile.ZipInfo("video.mp4")
        video.CRC = video.header_offset = 0
        video.file_size = video.compress_size = size
        file.write(video.FileHeader(zip64=True))
        archive.start_dir = file.seek(size, os.SEEK_CUR)
        archive.filelist.append(video)
        archive.writestr("posts.csv", POSTS + POST % (1, 1, 1))
    assert path.stat().st_blocks < 1_000
    lines, memory = _measured(str(path))
    assert lines == ["Chips numb []"]
    assert memory < small + 10


BEGINNINGS = {
    "a.txt": (b"", []),
    "a.json": (b'[{"text": "Chips"}, {"text": "', ["Chips []"]),
    "a.jsonl": (b'{"text": "Chips"}\n{"text": "', ["Chips []"]),
    "a.csv": (b"text\nChips\n", ["Chips []"]),
    "b.csv": (b'text\nChips\n"', ["Chips []"]),
    "posts.csv": (POSTS + POST % (1, 1, 1), ["Chips numb []"]),
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_line_without_end(tmp_path: Path, small: int, name: str) -> None:
    beginning, posts = BEGINNINGS[name]
    block = os.urandom(1_000).hex().encode() * 100
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as out:
            out.write(beginning)
            for _ in range(300):
                out.write(block)
        archive.writestr("noise.mp4", os.urandom(3_000_000))
    lines, memory = _measured(str(tmp_path / "a.zip"))
    assert lines[: len(posts)] == posts
    assert any(word in lines[len(posts)] for word in ("longer than", "larger than", "field limit"))
    assert memory < small + 150


def test_a_row_of_lines_without_end(tmp_path: Path, small: int) -> None:
    cells = b"".join(os.urandom(4).hex().encode() + b'\n","' for _ in range(500))
    path = write_zip(tmp_path / "a.zip", {"a.csv": b'text\nChips\n"' + cells * 8_000})
    lines, memory = _measured(path)
    assert lines[0] == "Chips []"
    assert "a row longer than 8,000,000 characters; what follows is not read" in lines[1]
    assert len(lines) == 2
    assert memory < small + 100


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("sign", [b"[", b'{"a":'])
def test_deep_nesting(tmp_path: Path, small: int, name: str, sign: bytes) -> None:
    lines, memory = _measured(write_zip(tmp_path / "a.zip", {name: b'[{"text": "Chips"}, ' + sign * 300_000}))
    assert len(lines) == (2 if name == "a.json" else 1)
    assert "within each other" in lines[-1] or "too deep a nesting" in lines[-1]
    assert memory < small + 60
