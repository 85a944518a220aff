"""The worker processes of a batch on one machine."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import Any

from tasmat_check.batch.crew import WorkerDiedError


class Processes:
    """A pool of processes. When one of them dies, all that is in work is lost and the pool must be renewed."""

    def __init__(self, count: int) -> None:
        """Start with no process; the first call starts them."""
        self._count = count
        self._pool = self._new_pool()

    def ready_for(self, folder: str) -> None:
        """Take the folder as this process sees it."""

    def width(self) -> int:
        """Give the number of processes."""
        return self._count

    def submit(self, work: Callable[..., Any], *given: Any) -> Future[Any]:
        """Hand out a call."""
        try:
            return self._pool.submit(work, *given)
        except BrokenProcessPool as problem:
            raise WorkerDiedError from problem

    def finished(self, tokens: Sequence[Future[Any]]) -> Iterable[Future[Any]]:
        """Wait until some of the calls are done."""
        return wait(tokens, return_when=FIRST_COMPLETED).done

    def result(self, token: Future[Any]) -> Any:
        """Wait for a call."""
        try:
            return token.result()
        except BrokenProcessPool as problem:
            raise WorkerDiedError from problem

    def renew(self) -> None:
        """End every process and start anew."""
        self.end()
        self._pool = self._new_pool()

    def end(self) -> None:
        """End every process."""
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Spawned on every platform: a forked process would share open archives and the locks of threads.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._count, context, initializer=_begin)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it: a worker whose parent was killed would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
