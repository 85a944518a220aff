"""The worker processes of a batch on one machine. A worker that dies is replaced, and its posts are checked again."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.shards import Shard, Tally, check_posts, check_shard, unchecked
from tasmat_check.config import Config
from tasmat_check.models import Draft

_WAITING = 2
"""Shards handed out per worker: one in work, one next, so that memory stays flat."""


class Crew:
    """Checks shards with some processes. Use as a context manager: leaving it ends them at once."""

    def __init__(self, config: Config, folder: Path, jobs: int) -> None:
        """Start with no process; the first shard starts them."""
        self._config = config
        self._folder = folder
        self._jobs = jobs
        self._pool = self._new_pool()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._end(self._pool)

    def check(self, shards: Iterable[Shard]) -> Iterator[Tally]:
        """Check every shard; yield what each counts as it is done. A shard is done when its file is there."""
        waiting = iter(shards)
        while True:
            batch: dict[Future[Tally], Shard] = {}
            try:
                yield from self._checked(waiting, batch)
            except BrokenProcessPool:
                self._replace_pool()
                for shard in list(batch.values()):
                    yield self._checked_alone(shard)
            else:
                return

    def _checked(self, waiting: Iterator[Shard], pending: dict[Future[Tally], Shard]) -> Iterator[Tally]:
        """Keep every worker busy; when a worker dies `pending` holds the shards that are not done."""
        while True:
            for shard in islice(waiting, _WAITING * self._jobs - len(pending)):
                pending[self._pool.submit(check_shard, shard, self._config, self._folder)] = shard
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                tally = future.result()
                del pending[future]
                yield tally

    def _checked_alone(self, shard: Shard) -> Tally:
        """Check a shard again that was in work when a worker died; it may hold the post that made it die."""
        try:
            return self._pool.submit(check_shard, shard, self._config, self._folder).result()
        except BrokenProcessPool:
            self._replace_pool()
        records: list[dict[str, Any]] = []
        tally = Tally()
        for draft in shard.drafts:
            record, counts = self._checked_one(draft)
            records += record
            tally.join(counts)
        OutputFolder(self._folder).write_shard(shard.number, records)
        return tally

    def _checked_one(self, draft: Draft) -> tuple[list[dict[str, Any]], Tally]:
        try:
            return self._pool.submit(check_posts, (draft,), self._config).result()
        except BrokenProcessPool:
            self._replace_pool()
        return [unchecked(draft, self._config)], Tally.of_unchecked()

    def _replace_pool(self) -> None:
        self._end(self._pool)
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Spawned on every platform: a forked process would share open archives and the locks of threads.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, context, initializer=_begin)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it: a worker whose parent was killed would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
