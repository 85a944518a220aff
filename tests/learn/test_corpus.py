"""Reading posts and names to learn from."""

import json
from pathlib import Path

import pytest

from tasmat_check.errors import InputError
from tasmat_check.learn import corpus, folds
from tests.learn.samples_of_posts import post

LINE = {
    "id": "a1",
    "text": "Sam bit me",
    "channel": "personal",
    "must": ["5.4"],
    "may": [],
    "evidence": ["Sam"],
    "kind": "x",
}


def write(folder: Path, name: str, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_post_knows_its_writer(tmp_path: Path) -> None:
    write(tmp_path, "b.jsonl", LINE | {"id": "b1"}, "")
    write(tmp_path, "a.jsonl", LINE)
    assert [(post.id, post.writer) for post in corpus.read_posts(tmp_path)] == [("a1", "a"), ("b1", "b")]


@pytest.mark.parametrize("line", ["{", "[]", {**LINE, "channel": "fax"}, {**LINE, "extra": 1}, {"id": "a1"}])
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, line: object) -> None:
    write(tmp_path, "a.jsonl", LINE, line)
    with pytest.raises(InputError, match=r"a\.jsonl:2: ") as caught:
        corpus.read_posts(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_without_posts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no"):
        corpus.read_posts(tmp_path)


def test_names_are_read_with_their_places(tmp_path: Path) -> None:
    mark = {"start": 0, "end": 3, "label": "PER", "text": "Sam"}
    write(tmp_path, "n.jsonl", {"id": "1", "text": "Sam ran", "entities": [mark], "source_split": "train"})
    (row,) = corpus.read_names(tmp_path / "n.jsonl")
    assert (row.entities[0].start, row.entities[0].end) == (0, 3)


def test_a_missing_file_of_names_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        corpus.read_names(tmp_path / "none.jsonl")


def test_no_writer_is_learnt_from_and_judged_on_at_once() -> None:
    posts = [post(number, "a b") for number in range(40)]
    parts = folds.by_writer(posts, 3, seed=1)
    assert sorted(number for part in parts for number in part) == list(range(40))
    writers = [{posts[number].writer for number in part} for part in parts]
    assert all(one.isdisjoint(other) for at, one in enumerate(writers) for other in writers[at + 1 :])
    assert parts == folds.by_writer(posts, 3, seed=1)
