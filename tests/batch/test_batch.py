"""A batch in a folder: broken off, killed, gone on with."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

BREACH = "So proud that I work at Torfield School, number {}"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tasmat_check", "batch", *words]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), cwd=folder, capture_output=True, text=True, check=False)


def posts(folder: Path, count: int) -> None:
    texts = [BREACH.format(n) if n % 100 == 0 else f"Chips {n}" for n in range(count)]
    lines = [json.dumps({"id": f"p{n}", "text": text}) for n, text in enumerate(texts)]
    (folder / "posts.jsonl").write_text("\n".join(lines), encoding="utf-8")


def reported(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out/report.jsonl").read_text(encoding="utf-8").splitlines()]


def children(process: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found.append(int(entry.parent.name))
    return found


def wait_for(path: Path) -> None:
    for _ in range(1_200):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def test_a_batch_goes_into_a_folder_and_is_never_mixed_with_another(tmp_path: Path) -> None:
    posts(tmp_path, 3)
    done = run(tmp_path, "posts.jsonl", "-o", "out", "-f", "jsonl", "--no-model", "--jobs", "1")
    assert done.returncode == 1, done.stderr
    assert [post["verdict"] for post in reported(tmp_path)] == ["breach", "clear", "clear"]
    assert "Read 3 posts" in done.stderr
    again = run(tmp_path, "posts.jsonl", "-o", "out", "--no-model")
    assert (again.returncode, again.stderr) == (
        2,
        "tasmat-check: out: holds a batch already; go on with --resume, or name another folder\n",
    )
    other = run(tmp_path, "posts.jsonl", "-o", "out", "--no-model", "--role", "governor", "--resume")
    assert other.stderr.startswith("tasmat-check: out: changed since this batch began: option role; start anew")
    (tmp_path / "posts.jsonl").write_text('{"text": "new"}')
    changed = run(tmp_path, "posts.jsonl", "-o", "out", "--no-model", "--resume")
    assert "changed since this batch began: posts.jsonl;" in changed.stderr
    full = run(tmp_path, "posts.jsonl", "-o", ".", "--no-model")
    assert full.stderr == "tasmat-check: .: is not empty and holds no batch; name another folder\n"


def test_repeated_posts_and_only_breaches(tmp_path: Path) -> None:
    texts = ["8G1 just as bad as 8G2 LOL", "Chips", "8G1 just as bad as 8G2 LOL"]
    rows = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    (tmp_path / "posts.jsonl").write_text("\n".join(rows))
    words = ("posts.jsonl", "-o", "out", "-f", "jsonl", "--no-model", "--jobs", "1", "--only", "breach")
    assert run(tmp_path, *words).returncode == 1
    assert [(post["id"], post["verdict"]) for post in reported(tmp_path)] == [("0", "breach"), ("2", "breach")]
    assert len((tmp_path / "out/shards/000001.jsonl").read_text().splitlines()) == 2


def test_masked_batches_keep_no_word(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text('{"text": "8G1 just as bad as 8G2 LOL"}')
    run(tmp_path, "posts.jsonl", "-o", "out", "-f", "csv", "--no-model", "--jobs", "1", "--mask")
    kept = "".join(path.read_text() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "8G1" not in kept
    assert "LOL" not in kept


def test_what_could_not_be_checked_is_told_at_once_too(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("one\ntwo\nthree\nfour\n")
    done = run(tmp_path, "gone.zip", "posts.jsonl", "-o", "out", "-f", "csv", "--no-model", "--jobs", "1")
    told = [line for line in done.stderr.splitlines() if line.startswith("NOT CHECKED")]
    assert done.returncode == 2
    assert told[0] == "NOT CHECKED gone.zip: no such file"
    assert told[-1] == "NOT CHECKED: 2 things more, told in the report."
    assert len(told) == 4


def test_resume_without_a_folder_is_refused(tmp_path: Path) -> None:
    posts(tmp_path, 1)
    done = run(tmp_path, "posts.jsonl", "--resume")
    assert (done.returncode, done.stderr) == (
        2,
        "tasmat-check: --resume: say which batch to go on with: -o FOLDER\n",
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_killed_worker_and_a_killed_batch_lose_and_double_nothing(tmp_path: Path) -> None:
    posts(tmp_path, 2_000)
    words = ("posts.jsonl", "-o", "out", "-f", "jsonl", "--no-model", "--jobs", "2")
    with subprocess.Popen(command(*words), cwd=tmp_path, stderr=subprocess.DEVNULL) as batch:
        wait_for(tmp_path / "out/shards/000001.jsonl")
        spawned = [child for child in children(batch.pid) if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
        os.kill(spawned[0], signal.SIGKILL)
        wait_for(tmp_path / "out/shards/000003.jsonl")
        workers = children(batch.pid)
        batch.kill()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers), "workers outlive their batch"
    assert not (tmp_path / "out/report.jsonl").exists()
    done = run(tmp_path, *words, "--resume")
    assert done.returncode == 1, done.stderr
    ids = [post["id"] for post in reported(tmp_path)]
    assert ids == [f"p{n}" for n in range(2_000)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to another process")
def test_ctrl_c_leaves_a_batch_that_can_be_gone_on_with(tmp_path: Path) -> None:
    posts(tmp_path, 2_000)
    words = ("posts.jsonl", "-o", "out", "-f", "jsonl", "--no-model", "--jobs", "1")
    with subprocess.Popen(command(*words), cwd=tmp_path, stderr=subprocess.PIPE, text=True) as batch:
        wait_for(tmp_path / "out/shards/000001.jsonl")
        batch.send_signal(signal.SIGINT)
        _, told = batch.communicate(timeout=60)
    assert (batch.returncode, told.splitlines()[-1]) == (
        2,
        "Stopped. What is checked is kept in out; go on with the same command and --resume.",
    )
    assert run(tmp_path, *words, "--resume").returncode == 1
    assert len(reported(tmp_path)) == 2_000
