"""Batches on a real Dask cluster of two workers, bound to loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from .test_batch import children, posts, reported, run, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc"),
]

POISON = """
import os
from tasmat_check.engine import Checker
check_many = Checker.check_many

def mortal(self, drafts):
    drafts = list(drafts)
    if any("poison" in draft.text for draft in drafts):
        os._exit(1)
    return check_many(self, drafts)

Checker.check_many = mortal
"""


@contextmanager
def cluster(folder: Path, *words: str) -> Iterator[tuple[str, int]]:
    """Start a scheduler and two workers; gives the scheduler's address and the process that holds the workers."""
    pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    quiet = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"]
    dask = [sys.executable, "-m", "dask"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, sys.path)])}
    with (folder / "log").open("wb") as log:
        started: dict[str, Any] = {"cwd": folder, "stdout": log, "stderr": log, "env": environment}
        about = folder / "scheduler.json"
        scheduler = subprocess.Popen(
            [*dask, "scheduler", *quiet, "--port", "0", "--scheduler-file", str(about)], **started
        )
        workers = None
        try:
            wait_for(about)
            address = json.loads(about.read_text())["address"]
            workers = subprocess.Popen(
                [*dask, "worker", address, *quiet, "--nthreads", "1", "--nworkers", "2", *words], **started
            )
            while (folder / "log").read_text().count("Registered to") < 2:
                assert workers.poll() is None, (folder / "log").read_text()
                time.sleep(0.2)
            yield address, workers.pid
        finally:
            for process in filter(None, (workers, scheduler)):
                process.terminate()
                process.wait(30)


def words(address: str) -> tuple[str, ...]:
    return ("posts.jsonl", "-o", "out", "-f", "jsonl", "--no-model", "--engine", "dask", "--scheduler", address)


def test_a_killed_worker_of_a_cluster_loses_and_doubles_nothing(tmp_path: Path) -> None:
    posts(tmp_path, 2_000)
    with cluster(tmp_path) as (address, holder):
        command = [sys.executable, "-m", "tasmat_check", "batch", *words(address)]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as batch:
            wait_for(tmp_path / "out/shards/000001.jsonl")
            spawned = [each for each in children(holder) if "spawn_main" in Path(f"/proc/{each}/cmdline").read_text()]
            os.kill(spawned[0], signal.SIGKILL)
            _, told = batch.communicate(timeout=120)
    assert batch.returncode == 1, told
    assert len(list((tmp_path / "out/shards").iterdir())) == 8
    assert [post["id"] for post in reported(tmp_path)] == [f"p{n}" for n in range(2_000)]
    assert "Chips" not in (tmp_path / "log").read_text()


def test_the_post_that_ends_every_worker_is_told(tmp_path: Path) -> None:
    (tmp_path / "mortal.py").write_text(POISON)
    texts = ["chips", "poison", "8G1 just as bad as 8G2 LOL"]
    rows = [json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts)]
    (tmp_path / "posts.jsonl").write_text("\n".join(rows))
    with cluster(tmp_path, "--preload", "mortal") as (address, _):
        done = run(tmp_path, *words(address))
    assert done.returncode == 2, done.stderr
    assert [(post["id"], post["verdict"]) for post in reported(tmp_path)] == [
        ("0", "clear"),
        ("1", "clear"),
        ("2", "breach"),
    ]
    assert "ends the program" in reported(tmp_path)[1]["skipped"][0]["reason"]


def test_ctrl_c_leaves_a_batch_on_a_cluster_that_can_be_gone_on_with(tmp_path: Path) -> None:
    posts(tmp_path, 2_000)
    with cluster(tmp_path) as (address, _):
        command = [sys.executable, "-m", "tasmat_check", "batch", *words(address)]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as batch:
            wait_for(tmp_path / "out/shards/000001.jsonl")
            batch.send_signal(signal.SIGINT)
            _, told = batch.communicate(timeout=60)
        assert (batch.returncode, told.splitlines()[-1].partition(".")[0]) == (2, "Stopped")
        assert run(tmp_path, *words(address), "--resume").returncode == 1
    assert len(reported(tmp_path)) == 2_000


def test_workers_that_would_check_otherwise_are_refused(tmp_path: Path) -> None:
    posts(tmp_path, 1)
    with cluster(tmp_path, "--nthreads", "2") as (address, _):
        done = run(tmp_path, *words(address))
    assert done.returncode == 2
    assert "has 2 threads; start it with --nthreads 1" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--engine", "dask"), "--engine dask: say where the scheduler is"),
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler: goes with --engine dask"),
        (("--engine", "dask", "--scheduler", "tls://127.0.0.1:1"), "needs --tls-ca, --tls-cert and --tls-key"),
        (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"), "tcp://127.0.0.1:1: no scheduler answers"),
    ],
)
def test_what_is_missing_is_told_in_one_line(tmp_path: Path, given: tuple[str, ...], told: str) -> None:
    if "tcp" in told:
        pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    posts(tmp_path, 1)
    done = run(tmp_path, "posts.jsonl", "-o", "out", "--no-model", *given)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
