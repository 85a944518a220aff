import io
from collections.abc import Sequence

import pytest

from tasmat_check.errors import UsageError
from tasmat_check.models import Draft, Skipped
from tasmat_check.readers import read

from .conftest import PNG, Write


@pytest.fixture(autouse=True)
def files(write: Write) -> None:
    write("one.txt", "One")
    write("two.txt", "Two")
    write("empty.txt", " \n")
    write("a.jpg", PNG)
    write("b.png", PNG)
    write("folder/post.txt", "x")
    write("posts.csv", "text\nx\n")


def _read(paths: Sequence[str], images: Sequence[str] = (), piped: bytes | None = None) -> list[Draft]:
    return list(read(paths, images, "personal", None if piped is None else io.BytesIO(piped)))


@pytest.mark.parametrize(
    ("paths", "images", "posts"),
    [
        (["one.txt"], [], [("one.txt", "One", ())]),
        (["one.txt", "a.jpg", "b.png"], [], [("one.txt", "One", ("a.jpg", "b.png"))]),
        (["a.jpg", "one.txt"], ["b.png"], [("one.txt", "One", ("a.jpg", "b.png"))]),
        (["a.jpg", "a.jpg"], ["b.png"], [("a.jpg", "", ("a.jpg", "b.png"))]),
        ([], ["b.png"], [("b.png", "", ("b.png",))]),
        (["one.txt", "two.txt"], [], [("one.txt", "One", ()), ("two.txt", "Two", ())]),
        (["empty.txt", "a.jpg"], [], [("empty.txt", " \n", ("a.jpg",))]),
    ],
)
def test_grouping(paths: list[str], images: list[str], posts: list[tuple[str, str, tuple[str, ...]]]) -> None:
    drafts = _read(paths, images)
    assert [(d.id, d.text, d.images) for d in drafts] == posts
    assert not any(d.skipped for d in drafts)


@pytest.mark.parametrize(
    ("paths", "skipped"),
    [
        (["gone.txt"], [Skipped("gone.txt", "no such file")]),
        (["one.txt", "gone.jpg"], [Skipped("gone.jpg", "no such file")]),
        (["gone.jpg"], [Skipped("gone.jpg", "no such file")]),
        (["one.txt", "gone.txt"], [Skipped("gone.txt", "no such file")]),
        (["gone.txt", "a.jpg"], [Skipped("gone.txt", "no such file")]),
        (["empty.txt"], [Skipped("empty.txt", "empty")]),
        (["one.txt", "clip.mp4"], [Skipped("clip.mp4", "videos are not checked")]),
    ],
)
def test_nothing_is_lost(paths: list[str], skipped: list[Skipped]) -> None:
    assert [s for d in _read(paths) for s in d.skipped] == skipped


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["one.txt", "two.txt", "a.jpg"], "a.jpg: 2 texts were given; check each with its own pictures"),
        (["folder"], "folder: is a folder; use `tasmat-check batch folder`"),
        (["one.txt", "posts.csv"], "posts.csv: holds several posts; use `tasmat-check batch posts.csv`"),
        (["-"], "standard input: nothing is piped in"),
        ([], "tasmat-check: give a file, or pipe in a text"),
    ],
)
def test_wrong_usage_is_told_at_once(paths: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(paths, [], "personal", None)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("paths", "piped", "text", "images"),
    [
        ([], b"Hi\r\nthere", "Hi\nthere", ()),
        (["-"], "Hi £5\r\n".encode("utf-16-le"), "Hi £5\n", ()),
        (["-", "a.jpg"], b"caf\xe9", "café", ("a.jpg",)),
        (["one.txt"], b"not asked for", "One", ()),
    ],
)
def test_standard_input(paths: list[str], piped: bytes, text: str, images: tuple[str, ...]) -> None:
    (draft,) = _read(paths, piped=piped)
    assert (draft.text, draft.images, draft.skipped) == (text, images, ())


@pytest.mark.parametrize(
    ("piped", "reason"),
    [(b"", "empty"), (PNG, "a picture is not text"), (b"a" * 9_000_000, "is larger than 8 MB")],
)
def test_unreadable_standard_input(piped: bytes, reason: str) -> None:
    (draft,) = _read([], piped=piped)
    assert (draft.id, draft.skipped) == ("-", (Skipped("standard input", reason),))


def test_piped_text_goes_with_pictures_named_by_option() -> None:
    (draft,) = _read([], ["a.jpg"], piped=b"Hi")
    assert (draft.text, draft.images) == ("Hi", ("a.jpg",))
