"""What a batch comes to, counted over its shards."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasmat_check import overview
from tasmat_check.batch import summary
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.manifest import Manifest
from tasmat_check.batch.stored import stored
from tasmat_check.models import Report
from tests.reporters.samples import all_reports, breach_report, encoded, small_pack

MANIFEST = Manifest(shard_size=2, inputs={}, pack="", people="", logos="", options={}, done=True)


def dated(report: Report, month: int, own_id: str) -> Report:
    published = datetime(2024, month, 9, tzinfo=UTC)
    return replace(report, draft=replace(report.draft, published=published, id=own_id))


@pytest.fixture(params=["disk", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> OutputFolder:
    """Give a batch of six posts, one of which went out three times."""
    place = str(tmp_path / "out") if request.param == "disk" else f"memory://{tmp_path.name}/out"
    made = OutputFolder(place)
    made.create()
    breach, caution, clear, skipped = all_reports()
    first = [dated(breach, 1, "odd \x1b[31m\ud83d"), dated(caution, 2, "two"), clear]
    second = [dated(breach, 2, "four"), skipped, dated(clear, 1, "six")]
    for number, reports in enumerate((first, second), 1):
        made.write_shard(number, (stored(report, small_pack()) for report in reports))
    repeat = {"shard": 1, "line": 0, "id": "again", "source": "s", "published": "2024-02-01T00:00:00+00:00"}
    made.write_duplicates([repeat, repeat | {"published": None}])
    return made


def shown(
    found: summary.Overview, manifest: Manifest = MANIFEST, *, encoding: str = "utf-8", texts: bool = False
) -> str:
    stream, written = encoded(encoding)
    overview.write(found, manifest, stream, texts=texts)
    return written().decode(encoding)


def test_posts_are_counted_and_repeats_with_them(folder: OutputFolder) -> None:
    found = summary.overview(folder.path, 10)
    assert found.verdicts == {"breach": 4, "caution": 1, "clear": 2, "not checked": 1}
    assert (found.posts, found.repeated) == (8, 2)
    assert [(month.name, month.posts, month.breach, month.caution, month.not_checked) for month in found.months] == [
        ("2024-01", 2, 1, 0, 0),
        ("2024-02", 3, 2, 1, 0),
        ("", 3, 1, 0, 1),
    ]
    by_clause = {each.clause: (each.breach, each.caution, each.months) for each in found.clauses}
    assert by_clause["5.4"] == (4, 0, {"2024-01": 1, "2024-02": 2, "": 1})
    assert by_clause["6.14"] == (0, 1, {"2024-02": 1})
    assert list(by_clause) == ["5.4", "6.1", "6.8", "6.15", "6.14"]


def test_the_worst_posts_come_first(folder: OutputFolder) -> None:
    found = summary.overview(folder.path, 10)
    told = [(post.id, post.day, post.breaches, post.cautions, post.clauses, post.times) for post in found.worst]
    assert told == [
        ("odd \x1b[31m\ud83d", "2024-01-09", 4, 1, ("5.4", "6.1", "6.15"), 3),
        ("four", "2024-02-09", 4, 1, ("5.4", "6.1", "6.15"), 1),
        ("two", "2024-02-09", 0, 1, ("6.14",), 1),
    ]
    assert [post.id for post in summary.overview(folder.path, 1).worst] == [told[0][0]]
    assert summary.overview(folder.path, 0).worst == ()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_texts_are_shown_only_when_asked_and_never_obeyed(folder: OutputFolder, encoding: str) -> None:
    quiet = shown(summary.overview(folder.path, 3), encoding=encoding)
    assert "Jayden" not in quiet
    assert "\x1b[31m" not in quiet
    assert "8 posts, 2 of them repeats" in quiet
    told = shown(summary.overview(folder.path, 3), encoding=encoding, texts=True)
    assert "Long day at Saxon Mount!" in told


def test_a_batch_that_is_not_finished_says_so(tmp_path: Path) -> None:
    empty = OutputFolder(str(tmp_path / "out"))
    empty.create()
    told = shown(summary.overview(empty.path, 3), MANIFEST.model_copy(update={"done": False}))
    assert "not finished" in told
    assert "No post is checked yet." in told


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path / "out"))
    folder.create()
    (tmp_path / "out/shards/000007.jsonl").write_text('{"id": "a", ')
    with pytest.raises(Exception, match="shard 7 is damaged"):
        summary.overview(folder.path, 3)


def test_the_command_shows_the_tables_and_no_word_when_masked(tmp_path: Path) -> None:
    folder = OutputFolder(str(tmp_path / "out"))
    folder.create()
    folder.write_manifest(MANIFEST.model_dump_json())
    folder.write_shard(1, [stored(breach_report(), small_pack())])
    command = [sys.executable, "-m", "tasmat_check", "summary", "out", "--texts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "monday.txt" in done.stdout
    assert "Jayden" in done.stdout
    done = subprocess.run(
        [*command, "--mask"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "monday.txt" in done.stdout
    assert "Jayden" not in done.stdout
