import json
import tracemalloc
from pathlib import Path

import pytest

from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers import lines as lines_module
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Export, Intake

from .conftest import PNG, Write


def _read(*paths: str) -> list[Draft]:
    return list(read_posts(paths, "personal"))


@pytest.mark.parametrize(
    ("name", "content", "posts"),
    [
        ("p.jsonl", '{"text": "a\\r\\nb"}\n\n{"id": 7, "text": "c"}\n', [("p.jsonl#1", "a\r\nb"), ("7", "c")]),
        ("p.jsonl", '\ufeff{"Message": "a"}\r\n{"id": "", "BODY": "b"}', [("p.jsonl#1", "a"), ("p.jsonl#2", "b")]),
        ("p.jsonl", '{"text": "a \\ud83d b", "id": "\\ude00"}', [("\ufffd", "a \ufffd b")]),
        ("p.jsonl", '{"body": "second", "caption": "first"}', [("p.jsonl#1", "first")]),
        ("p.jsonl", '{"text": null, "caption": "filled"}', [("p.jsonl#1", "filled")]),
        ("p.jsonl", '{"text": "caf\xe9"}'.encode("cp1252"), [("p.jsonl#1", "café")]),
        ("p.jsonl", '{"text": "a £"}\n{"text": "b"}'.encode("utf-16"), [("p.jsonl#1", "a £"), ("p.jsonl#2", "b")]),
        ("p.jsonl", '{"text": "a £"}\n{"text": "b"}'.encode("utf-16-be"), [("p.jsonl#1", "a £"), ("p.jsonl#2", "b")]),
        ("p.json", '[{"text": "a"}, {"id": "x", "text": "b"}]', [("p.json#1", "a"), ("x", "b")]),
        ("p.json", '{"version": 1, "posts": [{"text": "a"}]}', [("p.json#1", "a")]),
        ("p.json", '{"text": "a"}', [("p.json#1", "a")]),
        ("p.json", '{"text": "a"}\n{"text": "b"}\n', [("p.json#1", "a"), ("p.json#2", "b")]),
        ("p.csv", "text\nHello, Sam\n", [("p.csv#1", "Hello, Sam")]),
        ("p.csv", 'id,text\n1,"a\r\nb, ""c"""\n\n2,d\n', [("1", 'a\r\nb, "c"'), ("2", "d")]),
        ("p.csv", "\ufeffID;Text\r\n1;a, b\r\n", [("1", "a, b")]),
        ("p.csv", "id\tcontent\n1\ta;b\n", [("1", "a;b")]),
        ("p.tsv", "id\tcontent\n1\ta\n", [("1", "a")]),
        ("p.csv", "id,text\n1,caf\xe9\n".encode("cp1252"), [("1", "café")]),
        ("p.csv", "id,text\n1,a £\n".encode("utf-16"), [("1", "a £")]),
        ("p.csv", "text,id\na\nb,,\n,,\n", [("p.csv#1", "a"), ("p.csv#2", "b")]),
        ("p.csv", f"text\n{'a' * 500_000}\n", [("p.csv#1", "a" * 500_000)]),
        ("p.txt", "a\r\nb", [("p.txt", "a\nb")]),
    ],
)
def test_posts(write: Write, name: str, content: str | bytes, posts: list[tuple[str, str]]) -> None:
    drafts = _read(write(name, content))
    assert [(d.id, d.text) for d in drafts] == posts
    assert not any(d.skipped for d in drafts)
    assert {d.source for d in drafts} == {name}


GOOD = '{"text": "good"}\n'


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("not json", "not valid JSON: Expecting value at column 1"),
        ('{"text": "cut', "not valid JSON: Unterminated string starting at at column 10"),
        ("[1]", "is not an object with a text"),
        ("[" * 100_000, "not valid JSON: too long a number or too deep a nesting"),
        ('{"text": 5}', "the text is not a text but a number"),
        ('{"text": ["a"]}', "the text is not a text but a list"),
        ('{"text": " "}', "no text"),
        ('{"text": "a", "channel": "Staff room"}', "the channel is neither personal nor official but “Staff room”"),
        ('{"titel": "a", "n": 1}', "the columns are: “titel”, “n”"),
        (json.dumps({"text": "a" * 1_000_001}), "longer than 1,000,000 characters"),
    ],
)
def test_bad_record_is_told_and_reading_goes_on(write: Write, bad: str, reason: str) -> None:
    drafts = _read(write("p.jsonl", f"{GOOD}{bad}\n{GOOD}"))
    assert [d.text for d in drafts] == ["good", "", "good"]
    assert [d.id for d in drafts] == ["p.jsonl#1", "p.jsonl#2", "p.jsonl#3"]
    (skipped,) = drafts[1].skipped
    assert skipped.what in ("p.jsonl line 2", "p.jsonl#2")
    assert skipped.reason.endswith(reason)


@pytest.mark.parametrize(
    ("bad", "what", "reason"),
    [
        ("2,a,b", "p.csv line 3", "has 3 columns where the first line has 2"),
        ("2,", "p.csv line 3", "no text"),
        ("2", "p.csv line 3", "no text"),
        ('2,"a"b', "p.csv line 3", "not valid CSV"),
        ('2,"a\nb"c', "p.csv lines 3 to 4", "not valid CSV"),
    ],
)
def test_bad_row_is_told_and_reading_goes_on(write: Write, bad: str, what: str, reason: str) -> None:
    drafts = _read(write("p.csv", f"id,text\n1,good\n{bad}\n3,good\n"))
    assert [d.text for d in drafts] == ["good", "", "good"]
    (skipped,) = drafts[1].skipped
    assert skipped.what == what
    assert skipped.reason.startswith(reason)


def test_quotation_mark_never_closed_does_not_hide_rows(write: Write) -> None:
    drafts = _read(write("p.csv", 'id,text\n1,good\n2,"open\n3,c\n4,d\n'))
    assert [d.text for d in drafts] == ["good", ""]
    assert drafts[1].skipped == (Skipped("p.csv lines 3 to 5", "not valid CSV: unexpected end of data"),)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("p.csv", "id,titel\n1,a\n", "the columns are: “id”, “titel”"),
        ("p.csv", f"01/02/2026,{'Sam ' * 10}\n", "the columns are: “01/02/2026”, …"),
        ("p.csv", "", "holds no posts"),
        ("p.csv", "text\n", "holds no posts"),
        ("p.jsonl", "\n\n", "holds no posts"),
        ("p.json", "", "holds no posts"),
        ("p.json", "[]", "holds no posts"),
        ("p.json", '{"posts": [{"text": "a"},\n{"text": ]}', "not valid JSON: Expecting value at line 2 column 10"),
        ("p.json", '"text"', "is neither a list of posts nor an object with a list named posts"),
        ("p.json", '{"a": 1}', "nor is there a list named posts"),
        ("p.jsonl", b"a\0b", "is not text"),
        ("p.csv", b"PK\x03\x04", "a zip or Office file is not text"),
        ("p.zip", b"PK\x03\x04", "is damaged or cut off; download it again"),
        ("p.rar", b"Rar!", "is neither a zip nor a tar archive; unpack it and give the folder"),
        ("p.txt", b"PK\x03\x04", "a zip or Office file is not text"),
        ("site.js", b"x", "is an export of no kind that is read"),
        ("repo.car", b"x", "is not a repository of Bluesky"),
        ("p.txt", "", "empty"),
    ],
)
def test_unreadable_file(write: Write, name: str, content: str | bytes, reason: str) -> None:
    (draft,) = _read(write(name, content))
    assert (draft.id, draft.text, len(draft.skipped)) == (name, "", 1)
    assert draft.skipped[0].what == name
    assert draft.skipped[0].reason.endswith(reason)


@pytest.mark.parametrize("name", ["gone.jsonl", "gone.json", "gone.csv", "gone.txt", "gone.zip", "gone"])
def test_missing_file(write: Write, name: str) -> None:
    write("other", "")
    assert _read(name) == [Draft(name, name, "", skipped=(Skipped(name, "no such file"),))]


def test_channel(write: Write) -> None:
    name = write("p.csv", "text,Channel\na,Official\nb,\nc,personal\n")
    assert [d.channel for d in read_posts([name], "official")] == ["official", "official", "personal"]


def test_pictures_and_alt_texts(write: Write) -> None:
    write("in/a.png", PNG)
    write("in/b.png", PNG)
    records = [
        {"text": "x", "images": ["a.png", "b.png"], "alt_text": ["Sam", "Jo"]},
        {"images": ["a.png"], "text": "", "alt_text": "Sam"},
        {"text": "x", "alt text": "Sam|Jo"},
        {"text": "x", "images": "gone.png", "alt_text": [None, "Jo"]},
        {"text": "x", "images": 5, "alt_text": [7]},
    ]
    drafts = _read(write("in/p.jsonl", "\n".join(map(json.dumps, records))))
    a, b = str(Path("in/a.png")), str(Path("in/b.png"))
    assert [d.images for d in drafts] == [(a, b), (a,), (), (), ()]
    assert [d.parts for d in drafts] == [
        (Passage("Sam", "alt text of a.png"), Passage("Jo", "alt text of b.png")),
        (Passage("Sam", "alt text of a.png"),),
        (Passage("Sam|Jo", "alt text"),),
        (Passage("Jo", "alt text"),),
        (),
    ]
    assert [d.skipped for d in drafts] == [
        (),
        (),
        (),
        (Skipped("gone.png", "no such file"),),
        (
            Skipped("line 5: images", "is neither a text nor a list of texts"),
            Skipped("line 5: alt_text", "holds something that is not a text"),
        ),
    ]


def test_pictures_in_csv(write: Write) -> None:
    write("a.png", PNG)
    write("b.png", PNG)
    (draft,) = _read(write("p.csv", "text,images,alt_text\nx,a.png|b.png,Sam|Jo\n"))
    assert draft.images == ("a.png", "b.png")
    assert draft.parts == (Passage("Sam", "alt text of a.png"), Passage("Jo", "alt text of b.png"))


def test_folder(write: Write, tmp_path: Path) -> None:
    for name in ("f/b.txt", "f/a/z.md", "f/.hidden/x.txt", "f/.x.txt", "f/~$b.docx", "f/Thumbs.db"):
        write(name, "words")
    write("f/c.jsonl", '{"text": "row"}')
    write("f/d.png", PNG)
    write("f/e.bin", b"\0\1")
    (tmp_path / "f/empty").mkdir()
    drafts = _read("f")
    names = [str(Path("f") / name) for name in ("a/z.md", "b.txt", "c.jsonl#1", "e.bin", "d.png")]
    assert [d.id for d in drafts] == names
    assert [bool(d.skipped) for d in drafts] == [False, False, False, True, False]


def test_empty_folder(write: Write) -> None:
    write("f/.hidden", "x")
    (gap,) = _read("f")[0].skipped
    assert gap.what == "f"
    assert gap.reason.startswith("holds no posts; looked for exports of ")


def test_link_to_a_folder_is_told(write: Write, tmp_path: Path) -> None:
    write("f/a.txt", "x")
    try:
        (tmp_path / "f/loop").symlink_to(tmp_path / "f", target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert [len(d.skipped) for d in _read("f")] == [0, 1]


@pytest.mark.parametrize("name", ["p.jsonl", "p.csv"])
def test_overlong_line(write: Write, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(lines_module, "LONGEST_LINE", 100)
    rows = {"p.jsonl": f'{GOOD}{{"text": "{"a" * 350}"}}\n{GOOD}', "p.csv": f"text\ngood\n{'a' * 350}\ngood\n"}
    drafts = _read(write(name, rows[name]))
    assert [d.text for d in drafts] == ["good", "", "good"]
    assert "longer than" in drafts[1].skipped[0].reason


def test_failing_disk(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    name = write("p.jsonl", GOOD * 3)
    original = lines_module.Lines.__next__

    def fail(lines: lines_module.Lines) -> str:
        if lines.number == 2:
            raise OSError(5, "Input/output error")
        return original(lines)

    monkeypatch.setattr(lines_module.Lines, "__next__", fail)
    assert [d.skipped for d in _read(name)] == [(), (), (Skipped(name, "reading broke off: input/output error"),)]


@pytest.mark.parametrize(("name", "head"), [("p.jsonl", ""), ("p.csv", "text\n")])
def test_large_files_stream(write: Write, name: str, head: str) -> None:
    line = json.dumps({"text": "a" * 1000}) if name == "p.jsonl" else "a" * 1000
    path = write(name, head + f"{line}\n" * 5_000)
    tracemalloc.start()
    count = sum(1 for _ in read_posts([path], "personal"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 1_000_000


def test_many_lines(write: Write) -> None:
    name = write("p.jsonl", f"{GOOD * 50_000}broken\n{GOOD * 50_000}")
    drafts = _read(name)
    assert len(drafts) == 100_001
    assert [d.id for d in drafts if d.skipped] == ["p.jsonl#50001"]


def test_the_files_whose_names_begin_so_are_found_wherever_they_lie(write: Write) -> None:
    for name in ("e/a/12-x.jpg", "e/b/12-x.jpg", "e/b/1-y.jpg", "e/b/12.jpg", "e/b/13-z.jpg"):
        write(name, PNG)
    export = Export.of_folder("e", "personal", Intake(), "")
    assert export.beginning("12-") == ["e/a/12-x.jpg", "e/b/12-x.jpg"]
    assert export.beginning("2") == []
