"""The output folder on a disk and on shared storage."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasmat_check import batch
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.storage import DiskStorage, SharedStorage, storage_of
from tasmat_check.errors import UsageError
from tasmat_check.options import Options

from .test_batch import BREACH, posts, run
from .test_crew import MortalPool

fsspec = pytest.importorskip("fsspec", reason="the extra [shared] is not installed")


@pytest.fixture(params=["disk", "memory", "file"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OutputFolder]:
    places = {"disk": f"{tmp_path}/out", "memory": f"memory://{tmp_path.name}/out", "file": f"file://{tmp_path}/out"}
    yield OutputFolder(places[request.param])
    if request.param == "memory":
        fsspec.filesystem("memory").rm(f"memory://{tmp_path.name}", recursive=True)


def test_what_is_written_is_read_back(folder: OutputFolder) -> None:
    assert folder.is_empty()
    assert (folder.read_manifest(), folder.shards(), list(folder.read_duplicates())) == (None, set(), [])
    folder.create()
    folder.create()
    folder.write_manifest("{}")
    folder.write_shard(12, [{"text": "Jo 😀\r\n"}, {"text": "\udcff"}])
    folder.write_shard(12, [{"text": "Jo 😀\r\n"}])
    folder.write_duplicates([{"shard": 12}])
    assert not folder.is_empty()
    assert (folder.read_manifest(), folder.shards()) == ("{}", {12})
    assert list(folder.read_shard(12)) == [{"text": "Jo 😀\r\n"}]
    assert list(folder.read_duplicates()) == [{"shard": 12}]


def test_files_by_url_are_as_safe_on_a_disk_as_by_path(tmp_path: Path) -> None:
    assert isinstance(storage_of(f"file://{tmp_path}/an%20out"), DiskStorage)
    made = OutputFolder(f"file://{tmp_path}/an%20out")
    made.create()
    made.write_manifest("{}")
    assert sorted(path.name for path in (tmp_path / "an out").iterdir()) == ["manifest.json", "shards"]
    assert isinstance(storage_of("s3://bucket/out"), SharedStorage)


def test_a_storage_that_cannot_write_at_once_moves_the_whole_file(
    folder: OutputFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasmat_check.batch.storage._WHOLE_AT_ONCE", frozenset())
    folder.create()
    folder.write_shard(1, [{"id": "a"}])
    assert folder.shards() == {1}
    assert list(folder.read_shard(1)) == [{"id": "a"}]


def test_a_storage_that_fails_is_told() -> None:
    with pytest.raises(UsageError, match="nonsense://bucket/out: cannot be reached: Protocol not known"):
        OutputFolder("nonsense://bucket/out").create()


def test_a_batch_reads_from_and_writes_to_shared_storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage, root = fsspec.filesystem("memory"), f"memory://{tmp_path.name}"
    rows = [json.dumps({"id": str(number), "text": BREACH.format(number % 400)}) for number in range(600)]
    storage.pipe_file(f"{root}/posts.jsonl", "\n".join(rows).encode())
    monkeypatch.setattr(batch, "_pool", lambda _: MortalPool())
    options = Options.model_validate({"no-model": True})
    manifest = batch.run([f"{root}/posts.jsonl"], options, f"{root}/out")
    assert (manifest.posts, manifest.done) == (600, True)
    assert sorted(report.draft.id for report in batch.reports(f"{root}/out")) == sorted(map(str, range(600)))
    storage.pipe_file(f"{root}/posts.jsonl", b"{}")
    with pytest.raises(UsageError, match="changed since this batch began: memory://"):
        batch.run([f"{root}/posts.jsonl"], options.model_copy(update={"resume": True}), f"{root}/out")
    storage.rm(root, recursive=True)


def test_the_command_takes_urls_for_input_folder_and_report(tmp_path: Path) -> None:
    posts(tmp_path, 101)
    words = (f"file://{tmp_path}/posts.jsonl", "-f", "jsonl", "--no-model", "--jobs", "1", "-o")
    done = run(tmp_path, *words, f"file://{tmp_path}/out")
    assert done.returncode == 1, done.stderr
    ids = [json.loads(line)["id"] for line in (tmp_path / "out/report.jsonl").read_text().splitlines()]
    assert ids == [f"p{number}" for number in range(101)]
    done = run(tmp_path, *words, f"file://{tmp_path}/alone.jsonl")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "alone.jsonl").read_bytes() == (tmp_path / "out/report.jsonl").read_bytes()
