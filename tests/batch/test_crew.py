"""Workers that die."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from tasmat_check import batch
from tasmat_check.batch import crew as crews
from tasmat_check.batch.crew import Crew
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.shards import Shard
from tasmat_check.models import Draft
from tasmat_check.options import Options


class MortalPool:
    """Works in this process, and is broken for good by a post that says so."""

    def __init__(self) -> None:
        self._processes: dict[int, Any] = {}
        self.broken = False

    def submit(self, work: Callable[..., Any], given: Any, *other: Any) -> Future[Any]:
        future: Future[Any] = Future()
        drafts = given.drafts if isinstance(given, Shard) else given
        self.broken |= any("poison" in draft.text for draft in drafts)
        if self.broken:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(work(given, *other))
        return future

    def shutdown(self, **_: Any) -> None:
        """Nothing to end."""


def test_the_post_that_ends_the_program_is_told_and_every_other_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Crew, "_new_pool", lambda _: MortalPool())
    folder = OutputFolder(tmp_path / "out")
    folder.create()
    texts = ["chips", "gulls", "poison", "rain", "8G1 just as bad as 8G2 LOL", "sea"]
    shards = [Shard(n, tuple(Draft(f"{n}{t[:3]}", "s", t) for t in texts[2 * n - 2 : 2 * n])) for n in (1, 2, 3)]
    with Crew(Options.model_validate({"no-model": True}), folder.path, 1) as crew:
        tallies = list(crew.check(shards))
    assert sum(tally.posts for tally in tallies) == 6
    assert sum(tally.skipped for tally in tallies) == 1
    reports = list(batch.reports(folder.path))
    assert [report.draft.id for report in reports] == ["1chi", "1gul", "2poi", "2rai", "38G1", "3sea"]
    assert [report.verdict for report in reports if report.skipped] == ["clear"]
    assert "ends the program" in reports[2].skipped[0].reason
    assert reports[4].verdict == "breach"


def test_at_most_two_shards_a_worker_are_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = []
    monkeypatch.setattr(Crew, "_new_pool", lambda _: MortalPool())
    monkeypatch.setattr(crews, "check_shard", lambda shard, *_: shard)

    def shards() -> Any:
        for number in range(1, 9):
            handed.append(number)
            yield Shard(number, ())

    with Crew(Options.model_validate({}), tmp_path, 2) as crew:
        seen = [len(handed) for _ in crew.check(shards())]
    assert seen[0] == 4
    assert len(seen) == 8
