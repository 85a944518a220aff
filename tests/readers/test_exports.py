import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.models import Channel
from tasmat_check.readers import exports, read_posts
from tasmat_check.readers.exports import HEAD, Export, Intake

from ..files.archives import WRITERS, write_tar, write_zip
from .conftest import PNG, Write

HEADER = b"id,permalink,date,subreddit,title,body\n"
EXPORT = {
    "posts.csv": HEADER + b"a1,/r/x,2024-05-01 18:02:03 UTC,Hastings,,Chips\n",
    "comments.csv": HEADER + b"c1,/r/x,2024-05-01 18:02:03 UTC,Hastings,,Sea\n",
    "messages.csv": b"id,from,body\nm1,someone,Hello\n",
    "profile.json": b'{"text": "not a post"}',
    "index.html": b"<p>Your data",
    "media/a.png": PNG,
}
CHANNEL: Channel = "personal"


def _lay(folder: Path, contents: dict[str, bytes]) -> str:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return str(folder)


def _read(path: str) -> tuple[list[str], Intake]:
    intake = Intake()
    return [draft.text for draft in read_posts([path], CHANNEL, intake)], intake


def _wrapped(contents: dict[str, bytes], folder: str) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in contents.items()}


@pytest.mark.parametrize("folder", ["", "reddit", "a/b/c"])
@pytest.mark.parametrize("kind", ["folder", *WRITERS])
def test_an_export_wrapped_in_folders(tmp_path: Path, kind: str, folder: str) -> None:
    contents = _wrapped(EXPORT, folder) if folder else EXPORT
    path = _lay(tmp_path / "f", contents) if kind == "folder" else WRITERS[kind](tmp_path, contents)
    texts, intake = _read(path)
    assert sorted(texts) == ["Chips", "Sea"]
    assert intake.left_out == {"other files of the export": 3, "pictures that belong to no post": 1}


@pytest.mark.parametrize("kind", ["folder", *WRITERS])
def test_drafts_beside_an_export_are_read(tmp_path: Path, kind: str) -> None:
    drafts = {"draft.txt": b"A draft", "list.jsonl": b'{"text": "A record"}', "index.html": b"<p>Start here"}
    contents = drafts | _wrapped(EXPORT, "reddit")
    path = _lay(tmp_path / "f", contents) if kind == "folder" else WRITERS[kind](tmp_path, contents)
    texts, intake = _read(path)
    assert sorted(texts) == ["A draft", "A record", "Chips", "Sea"]
    assert intake.left_out == {"other files of the export": 4, "pictures that belong to no post": 1}
    assert intake.read == {"Reddit": 2, "drafts and lists of posts": 2}


def test_a_folder_of_archives(tmp_path: Path) -> None:
    folder = Path(_lay(tmp_path / "f", _wrapped(EXPORT, "reddit")))
    write_zip(folder / "part.zip", {"d.txt": b"In a zip"})
    write_tar(folder / "reddit/part.tar.gz", {"e.txt": b"In a tar"})
    (folder / "broken.zip").write_bytes(b"PK\x03\x04")
    drafts = list(read_posts([str(folder)], CHANNEL))
    assert sorted(draft.text for draft in drafts) == ["", "Chips", "In a tar", "In a zip", "Sea"]
    assert [gap.what for draft in drafts for gap in draft.skipped] == [str(folder / "broken.zip")]


def test_other_scripts_of_an_export_are_left_out(tmp_path: Path) -> None:
    contents = {"data/posts.csv": EXPORT["posts.csv"], "data/account.js": b"window.YTD.account.part0 = []"}
    assert _read(write_zip(tmp_path / "a.zip", contents))[1].left_out == {"other files of the export": 1}


def test_a_draft_alone_does_not_look_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_files_below", None)
    assert _read(_lay(tmp_path, {"a.txt": b"Sea"}) + "/a.txt")[0] == ["Sea"]


def test_the_beginning_of_a_file_may_end_within_a_letter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" + "é".encode() * 40_000)
    export = Export.of_file(str(tmp_path / "a.txt"), CHANNEL, Intake(), "")
    assert export.head("a.txt") == "x" + "é" * 32_767


FILES = {
    "a.txt": b"words",
    "b.jsonl": b'{"text": "one"}\n{"text": "two"}\nbroken\n',
    "c.json": b'[{"text": "one"}, 5]',
    "d.png": PNG,
    "e.bin": b"\0\1",
    "f.mp4": b"video",
    "posts.csv": EXPORT["posts.csv"],
    "comments.csv": HEADER,
    "empty.txt": b"",
    "empty.csv": b"",
    ".hidden": b"x",
    "g.zip": b"no zip",
    "h.js": b"x = []",
    "i.html": b"<p>words",
    "j.json": b"\xff\xfe{",
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "x/", "x/y/", "z/"]), st.sampled_from(sorted(FILES))), min_size=1, max_size=10
    ),
    st.sampled_from(["folder", "zip", "tar.gz"]),
)
def test_every_file_is_read_left_out_or_refused(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, str]], kind: str
) -> None:
    contents = {folder + name: FILES[name] for folder, name in chosen}
    folder = tmp_path_factory.mktemp("tree")
    path = _lay(folder / "f", contents) if kind == "folder" else WRITERS[kind](folder, contents)
    intake = Intake()
    drafts = list(read_posts([path], CHANNEL, intake))
    told = {draft.source for draft in drafts} | {gap.what for draft in drafts for gap in draft.skipped}
    told = {what.removeprefix(f"{path}: ").removeprefix(path + os.sep) for what in told}
    accounted = {name for name in contents if any(what.startswith(str(Path(name))) for what in told)}
    assert len(contents) - len(accounted) == intake.left_out.total()
    assert sum(bool(draft.text or draft.images or draft.parts) for draft in drafts) == intake.read.total()


def test_intake_is_told_in_words() -> None:
    intake = Intake()
    assert json.dumps(list(intake.lines())) == "[]"
    intake.read["Reddit"] += 1_200
    intake.leave_out("posts of others", 3)
    assert list(intake.lines()) == ["Read 1,200 posts: Reddit 1,200.", "Left out: posts of others: 3."]


@pytest.mark.parametrize("shift", range(4))
def test_the_head_is_read_as_utf_8_though_it_ends_within_a_letter(write: Write, shift: int) -> None:
    name = write("chat.txt", "a" * shift + "😀" * HEAD)
    head = Export.of_file(name, "personal", Intake(), "").head(name)
    assert set(head) <= {"a", "😀"}
    assert len(head) > HEAD // 5


def test_the_head_of_a_small_file_is_the_whole(write: Write) -> None:
    name = write("chat.txt", "It’s £3 😀")
    assert Export.of_file(name, "personal", Intake(), "").head(name) == "It’s £3 😀"
