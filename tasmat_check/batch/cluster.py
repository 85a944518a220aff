"""The workers of a Dask cluster that runs already. The posts go to them, and nowhere else; their reports stay there.

Dask itself gives the work of a worker that dies to another one; what makes several die comes back as WorkerDiedError.
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import uuid4

from tasmat_check.batch.crew import WorkerDiedError
from tasmat_check.batch.outfit import Outfit, guarded, outfit
from tasmat_check.errors import UsageError
from tasmat_check.options import Options

_ANSWER_WITHIN = 5
"""Seconds in which a scheduler must answer."""

_PATIENCE = 60
"""Seconds to wait for workers when none is left: those that died may be started anew."""

_LOOK_AGAIN = 5
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.utils", "distributed.utils_perf")


class Cluster:
    """A pool of the workers that a scheduler has at the time."""

    def __init__(self, options: Options) -> None:
        """Connect; raises UsageError where that fails, or where a worker would check with anything else than here."""
        self._options = options
        self._where = options.scheduler or ""
        self._futures: dict[Any, None] = {}
        try:
            import distributed
        except ImportError:
            raise UsageError("--engine dask", "needs the extra packages: pip install tasmat-check[cluster]") from None
        self._dask = distributed
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is told in one line, below
        try:
            self._client = distributed.Client(self._where, timeout=_ANSWER_WITHIN, security=self._security())
        except (OSError, TimeoutError, ValueError, TypeError, ImportError) as problem:
            raise UsageError(self._where, f"no scheduler answers: {_first_line(problem)}") from problem
        try:
            self._check_workers(outfit(options))
        except BaseException:
            self.end()
            raise

    def ready_for(self, folder: str) -> None:
        """Make sure that every worker sees the output folder."""
        from tasmat_check.batch.folder import OutputFolder

        manifest = OutputFolder(folder).read_manifest()
        for worker, seen in self._asked(_read_manifest, folder).items():
            if seen != manifest:
                raise UsageError(folder, f"is not seen by the worker {worker}; name a folder that every machine shares")

    def width(self) -> int:
        """Give the number of workers there are now."""
        return max(1, len(self._workers()))

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:
        """Hand out a call, under a name that tells nothing."""
        future = self._client.submit(guarded, work, self._mark, *given, key=f"tasmat-check-{uuid4().hex}", pure=False)
        self._futures[future] = None
        return future

    def finished(self, tokens: Sequence[Any]) -> Iterable[Any]:
        """Wait until some of the calls are done."""
        alone_since: float | None = None
        while True:
            try:
                done: Iterable[Any] = self._dask.wait(list(tokens), _LOOK_AGAIN, return_when="FIRST_COMPLETED").done
                return done
            except TimeoutError:
                alone_since = self._alone_since(alone_since)
            except self._dask.CancelledError:
                raise self._lost() from None

    def result(self, token: Any) -> Any:
        """Wait for a call."""
        self.finished([token])
        try:
            return token.result()
        except self._dask.KilledWorker as problem:
            raise WorkerDiedError from problem
        except self._dask.CancelledError:
            raise self._lost() from None
        finally:
            self._futures.pop(token, None)

    def renew(self) -> None:
        """Leave it to the cluster to start workers anew."""

    def end(self) -> None:
        """Take back what is not begun and disconnect; a worker ends the shard that it has begun."""
        try:
            self._client.cancel(list(self._futures), force=True)
        finally:
            self._client.close(timeout=_ANSWER_WITHIN)

    def _check_workers(self, own: Outfit) -> None:
        self._mark = own.version
        workers = self._workers()
        if not workers:
            raise UsageError(self._where, "has no workers; start some: dask worker SCHEDULER --nthreads 1")
        for name, about in workers.items():
            if about["nthreads"] != 1:
                raise UsageError(name, f"this worker has {about['nthreads']} threads; start it with --nthreads 1")
        for name, other in self._asked(outfit, self._options).items():
            if isinstance(other, BaseException):
                raise UsageError(name, f"this worker cannot run tasmat-check {own.version}: {_first_line(other)}")
            if differing := own.differing(other):
                raise UsageError(name, f"this worker has {differing}; make it the same there as here")

    def _asked(self, question: Callable[..., Any], *given: Any) -> dict[str, Any]:
        answers: dict[str, Any] = self._client.run(question, *given, on_error="return")
        return answers

    def _workers(self) -> dict[str, Any]:
        workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        return workers

    def _alone_since(self, since: float | None) -> float | None:
        """Tell since when there is no worker; raises UsageError after a while."""
        if self._client.status != "running":
            raise self._lost()
        if self._workers():
            return None
        if since is not None and time.monotonic() - since > _PATIENCE:
            raise UsageError(self._where, "has no workers left; start some and go on with --resume")
        return since or time.monotonic()

    def _lost(self) -> UsageError:
        return UsageError(self._where, "the scheduler is gone; start it and go on with --resume")

    def _security(self) -> Any:
        names = {"tls_ca_file": "tls_ca", "tls_client_cert": "tls_cert", "tls_client_key": "tls_key"}
        files = {name: str(path) for name, key in names.items() if (path := getattr(self._options, key))}
        if not files:
            return None
        return self._dask.Security(require_encryption=True, **files)


def _read_manifest(folder: str) -> str | None:
    from tasmat_check.batch.folder import OutputFolder

    return OutputFolder(folder).read_manifest()


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().partition("\n")[0] or type(problem).__name__
