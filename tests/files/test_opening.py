import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tasmat_check.files import UnreadableError, is_file, load, open_archive, open_binary

from .archives import WRITERS, write_zip

PACKED = ["zip", "stored", "tar", "tar.gz"]


def _contents(count: int) -> dict[str, bytes]:
    chance = random.Random(1)  # noqa: S311
    return {f"media/{n}.png": chance.randbytes(30_000 + n) for n in range(count)}


@pytest.mark.parametrize("kind", PACKED)
def test_a_path_leads_into_an_archive(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path, {"posts/a.txt": b"words"})
    assert load(f"{path}/posts/a.txt", 100) == b"words"
    assert is_file(f"{path}/posts/a.txt")
    assert not is_file(f"{path}/posts")
    assert not is_file(f"{path}/posts/b.txt")
    assert load(f"{path}/posts/a.txt", 2, cut=True) == b"wo"
    with pytest.raises(UnreadableError, match="is larger than"):
        load(f"{path}/posts/a.txt", 2)


def test_a_folder_with_the_name_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip/b.txt").write_bytes(b"words")
    assert load(str(tmp_path / "a.zip/b.txt"), 100) == b"words"
    inner = write_zip(tmp_path / "a.zip/c.zip", {"d.txt": b"inner"})
    assert load(f"{inner}/d.txt", 100) == b"inner"


@pytest.mark.parametrize("name", ["../b.txt", "x/../../b.txt", "..", "a.txt/../a.txt"])
def test_a_path_does_not_leave_an_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.txt").write_bytes(b"outside")
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    assert not is_file(f"{path}/{name}")
    with pytest.raises(UnreadableError):
        load(f"{path}/{name}", 100)


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3_000 + "a", "a\0b", "a.zip/\0"])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    for place in (f"{path}/{name}", str(tmp_path / name)):
        assert not is_file(place)
        with pytest.raises(UnreadableError):
            load(place, 100)


@pytest.mark.parametrize("kind", PACKED)
def test_two_threads_read_one_archive(tmp_path: Path, kind: str) -> None:
    contents = _contents(40)
    path = WRITERS[kind](tmp_path, contents)
    names = list(contents) * 5
    random.Random(2).shuffle(names)  # noqa: S311
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda name: load(f"{path}/{name}", 100_000), names))
    assert read == [contents[name] for name in names]


@pytest.mark.parametrize("kind", PACKED)
def test_two_streams_of_one_archive_in_turn(tmp_path: Path, kind: str) -> None:
    contents = _contents(2)
    path = WRITERS[kind](tmp_path, contents)
    one, two = (open_binary(f"{path}/{name}") for name in contents)
    with one, two:
        parts = [(one.read(1_000), two.read(1_000)) for _ in range(31)]
    assert [b"".join(part) for part in zip(*parts, strict=True)] == list(contents.values())


_FORKING = """
import os, sys
from tasmat_check.files import load, open_archive
path = sys.argv[1]
names = open_archive(path).names
children = []
for _ in range(6):
    child = os.fork()
    if not child:
        good = all(set(load(f"{path}/{name}", 100_000)) == {int(name)} for name in names for _ in range(3))
        os._exit(0 if good else 1)
    children.append(child)
good = all(set(load(f"{path}/{name}", 100_000)) == {int(name)} for name in names)
sys.exit(not good or any(os.waitpid(child, 0)[1] for child in children))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
@pytest.mark.parametrize("kind", PACKED)
def test_forked_processes_share_no_position(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path, {str(n): bytes([n]) * 90_000 for n in range(20)})
    assert subprocess.run([sys.executable, "-c", _FORKING, path], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("kind", PACKED)
def test_nothing_stays_open(tmp_path: Path, kind: str) -> None:
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this system does not list open files")
    path = WRITERS[kind](tmp_path, {"a.txt": b"words"})
    assert open_archive(path).names == ("a.txt",)
    load(f"{path}/a.txt", 100)
    assert Path(path) not in [handle.readlink() for handle in handles.iterdir() if handle.is_symlink()]


@pytest.mark.parametrize("kind", PACKED)
def test_a_changed_archive_is_read_anew(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path, {"a.txt": b"before"})
    assert load(f"{path}/a.txt", 100) == b"before"
    time.sleep(0.01)
    WRITERS[kind](tmp_path, {"b.txt": b"after"})
    assert (load(f"{path}/b.txt", 100), is_file(f"{path}/a.txt")) == (b"after", False)
    Path(path).unlink()
    assert not is_file(f"{path}/b.txt")


def test_the_list_of_an_archive_is_read_once(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    assert open_archive(path) is open_archive(path)
