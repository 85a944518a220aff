"""Hands shards to workers, wherever they are. The posts of a worker that dies are checked again.

A post that ends every worker it is given to is found by checking its shard post by post, and told as not checked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.shards import Shard, check_posts, check_shard, unchecked
from tasmat_check.config import Config
from tasmat_check.models import Draft, Summary

_WAITING = 2
"""Shards handed out per worker: one in work, one next, so that memory stays flat."""


class WorkerDiedError(Exception):
    """A worker ended before what it was given was done."""


class Pool(Protocol):
    """Some workers: processes here, or those of a cluster."""

    def ready_for(self, folder: str) -> None:
        """Make sure that the workers can write into the output folder; raises UsageError."""

    def width(self) -> int:
        """Give the number of workers, at least 1."""

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:
        """Hand out a call and give a token of it; raises WorkerDiedError when the pool must be renewed."""

    def finished(self, tokens: Sequence[Any]) -> Iterable[Any]:
        """Wait until some of the calls are done, and give their tokens."""

    def result(self, token: Any) -> Any:
        """Wait for a call and give what it returned; raises WorkerDiedError when that cannot be had."""

    def renew(self) -> None:
        """Put workers in the place of those that died."""

    def end(self) -> None:
        """End at once, whatever is still in work."""


class Crew:
    """Checks shards with a pool of workers. Use as a context manager: leaving it ends the pool."""

    def __init__(self, pool: Pool, config: Config, folder: str) -> None:
        """Take the pool; `folder` is the output folder as the workers know it."""
        self._pool = pool
        self._config = config
        self._folder = folder

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.end()

    def check(self, shards: Iterable[Shard]) -> Iterator[Summary]:
        """Check every shard; yield what each counts as it is done. A shard is done when its file is there."""
        waiting = iter(shards)
        pending: dict[Any, Shard] = {}
        suspects: list[Shard] = []
        while True:
            if not suspects:
                suspects += self._hand_out(waiting, pending)
            if not pending and not suspects:
                return
            if not pending:
                yield from self._checked_alone(suspects)
                suspects = []
                continue
            for token in self._pool.finished(list(pending)):
                shard = pending.pop(token)
                try:
                    yield self._pool.result(token)
                except WorkerDiedError:
                    suspects.append(shard)

    def _hand_out(self, waiting: Iterator[Shard], pending: dict[Any, Shard]) -> Iterator[Shard]:
        """Give every worker enough to do; yield the shard that could not be handed out because a worker had died."""
        for shard in islice(waiting, max(0, _WAITING * self._pool.width() - len(pending))):
            try:
                pending[self._pool.submit(check_shard, shard, self._config, self._folder)] = shard
            except WorkerDiedError:
                yield shard
                return

    def _checked_alone(self, shards: Iterable[Shard]) -> Iterator[Summary]:
        """Check again what was in work when a worker died, one by one, since one of them may make any worker die."""
        self._pool.renew()
        for shard in shards:
            summary = self._call(check_shard, shard, self._config, self._folder)
            yield summary if summary is not None else self._checked_by_post(shard)

    def _checked_by_post(self, shard: Shard) -> Summary:
        records: list[dict[str, Any]] = []
        summary = Summary()
        for draft in shard.drafts:
            record, counts = self._checked_one(Shard(shard.number, (draft,)), draft)
            records += record
            summary.join(counts)
        OutputFolder(self._folder).write_shard(shard.number, records)
        return summary

    def _checked_one(self, shard: Shard, draft: Draft) -> tuple[list[dict[str, Any]], Summary]:
        checked: tuple[list[dict[str, Any]], Summary] | None = self._call(check_posts, shard, self._config)
        return checked or unchecked(draft, self._config)

    def _call(self, work: Callable[..., Any], *given: Any) -> Any:
        """Give what a call returns; None when a worker died of it."""
        try:
            return self._pool.result(self._pool.submit(work, *given))
        except WorkerDiedError:
            self._pool.renew()
            return None
