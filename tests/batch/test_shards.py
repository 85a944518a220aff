"""Parting drafts into shards, and posts that repeat others."""

from pathlib import Path

from tasmat_check.batch.shards import Planner, repeated
from tasmat_check.models import Box, Draft, Finding, Level, Location, Passage, Report, Seen, Skipped, Span


def planned(*drafts: Draft, size: int = 2) -> tuple[list[list[str]], list[str]]:
    planner = Planner(size)
    shards = [[draft.id for draft in shard.drafts] for shard in planner.shards(drafts)]
    return shards, [duplicate["id"] for duplicate in planner.duplicates]


def test_shards_hold_so_many_posts_in_their_order() -> None:
    drafts = [Draft(str(n), "s", f"text {n}") for n in range(5)]
    assert planned(*drafts) == ([["0", "1"], ["2", "3"], ["4"]], [])
    assert planned() == ([], [])


def test_a_post_that_repeats_another_is_checked_once() -> None:
    drafts = [
        Draft("a", "s", "same"),
        Draft("b", "s", "other"),
        Draft("c", "t", "same"),
        Draft("d", "s", "same", channel="official"),
        Draft("e", "s", "same", parts=(Passage("x", "tags"),)),
        Draft("f", "s", "same", skipped=(Skipped("f", "why"),)),
        Draft("g", "s", "same"),
    ]
    assert planned(*drafts) == ([["a", "b"], ["d", "e"], ["f"]], ["c", "g"])


def test_pictures_count_by_what_they_show(tmp_path: Path) -> None:
    for name, content in (("a.jpg", b"one"), ("b.jpg", b"one"), ("c.jpg", b"two")):
        (tmp_path / name).write_bytes(content)
    drafts = [Draft(name, "s", "same", images=(str(tmp_path / f"{name}.jpg"),)) for name in "abc"]
    drafts.append(Draft("gone", "s", "same", images=("nowhere.jpg",)))
    assert planned(*drafts) == ([["a", "c"], ["gone"]], ["b"])


def test_the_report_of_a_repeated_post_is_its_own() -> None:
    place = Location(Span(0, 0), image="a.jpg", box=Box(0, 0, 9, 9))
    draft = Draft("a", "s", "same", images=("a.jpg",), seen=(Seen("a.jpg", 10, 10),))
    found = Finding("r", ("6.9",), Level.BREACH, "m", "f", "face", 0.9, place)
    again = {"id": "b", "source": "t", "published": "2024-05-01T08:00:00+00:00", "images": ["b.jpg"]}
    report = repeated(Report(draft, (found,), {"6.9": Level.BREACH}), again)
    assert (report.draft.id, report.draft.source, report.draft.images) == ("b", "t", ("b.jpg",))
    assert report.draft.published is not None
    assert report.draft.seen[0].image == report.findings[0].location.image == "b.jpg"
    assert report.clauses == {"6.9": Level.BREACH}
