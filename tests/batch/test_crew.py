"""Workers that die."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tasmat_check import batch
from tasmat_check.batch import crew as crews
from tasmat_check.batch.crew import Crew, WorkerDiedError
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.shards import Shard
from tasmat_check.models import Draft
from tasmat_check.options import Options

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class MortalPool:
    """Works in this process; a post that says so breaks it until it is renewed, as a dead process does."""

    def __init__(self, width: int = 1, *, breaks_at_once: bool = False) -> None:
        self.broken = False
        self.ended = False
        self._width = width
        self._breaks_at_once = breaks_at_once

    def ready_for(self, folder: str) -> None:
        """Nothing to make ready."""

    def width(self) -> int:
        return self._width

    def submit(self, work: Callable[..., Any], *given: Any) -> Call:
        if self._breaks_at_once:
            if self.broken:
                raise WorkerDiedError
            self._break(given[0])
        return work, given

    def finished(self, tokens: Sequence[Call]) -> Iterable[Call]:
        return tokens[:1]

    def result(self, token: Call) -> Any:
        work, given = token
        self._break(given[0])
        if self.broken:
            raise WorkerDiedError
        return work(*given)

    def renew(self) -> None:
        self.broken = False

    def end(self) -> None:
        self.ended = True

    def _break(self, shard: Shard) -> None:
        self.broken |= any("poison" in draft.text for draft in shard.drafts)


@pytest.mark.parametrize("breaks_at_once", [False, True])
@pytest.mark.parametrize("width", [1, 3])
def test_the_post_that_ends_the_program_is_told_and_every_other_checked(
    tmp_path: Path, width: int, breaks_at_once: bool
) -> None:
    folder = OutputFolder(str(tmp_path / "out"))
    folder.create()
    texts = ["chips", "gulls", "poison", "rain", "8G1 just as bad as 8G2 LOL", "sea", "tide", "sand"]
    shards = [Shard(n, tuple(Draft(f"{n}{t[:3]}", "s", t) for t in texts[2 * n - 2 : 2 * n])) for n in (1, 2, 3, 4)]
    pool = MortalPool(width, breaks_at_once=breaks_at_once)
    with Crew(pool, Options.model_validate({"no-model": True}), folder.path) as crew:
        tallies = list(crew.check(shards))
    assert pool.ended
    assert sum(tally.posts for tally in tallies) == 8
    assert sum(tally.skipped for tally in tallies) == 1
    reports = list(batch.reports(folder.path))
    assert [report.draft.id for report in reports] == ["1chi", "1gul", "2poi", "2rai", "38G1", "3sea", "4tid", "4san"]
    assert [report.verdict for report in reports if report.skipped] == ["clear"]
    assert "ends the program" in reports[2].skipped[0].reason
    assert reports[4].verdict == "breach"


def test_at_most_two_shards_a_worker_are_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = []
    monkeypatch.setattr(crews, "check_shard", lambda shard, *_: shard)

    def shards() -> Any:
        for number in range(1, 9):
            handed.append(number)
            yield Shard(number, ())

    with Crew(MortalPool(2), Options.model_validate({}), str(tmp_path)) as crew:
        seen = [len(handed) for _ in crew.check(shards())]
    assert seen[0] == 4
    assert len(seen) == 8
