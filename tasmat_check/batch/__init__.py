"""Checks many posts: in shards, by several processes, so that it can be broken off and gone on with at any time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tasmat_check.batch.crew import Crew, Pool
from tasmat_check.batch.folder import OutputFolder
from tasmat_check.batch.manifest import Manifest
from tasmat_check.batch.processes import Processes
from tasmat_check.batch.progress import shown
from tasmat_check.batch.selection import selected
from tasmat_check.batch.shards import SHARD_SIZE, Planner, Shard, repeated
from tasmat_check.batch.stored import restored
from tasmat_check.errors import UsageError
from tasmat_check.files.shared import in_full
from tasmat_check.models import Draft, Report, Summary
from tasmat_check.options import Options
from tasmat_check.readers import Intake, read_posts

__all__ = ["Intake", "drafts", "manifest", "reports", "run"]


def drafts(paths: Sequence[str], options: Options, intake: Intake) -> Iterator[Draft]:
    """Read the posts of a batch that are wanted."""
    read = read_posts(paths, options.channel, intake, options.me)
    return selected(read, intake, options.since, options.until, options.sample)


def run(paths: Sequence[str], options: Options, path: str) -> Manifest:
    """Check every post and keep the reports in a folder; raises UsageError where the folder holds another batch.

    A KeyboardInterrupt leaves a folder that `resume` goes on with.
    """
    if options.engine == "dask":
        paths, options, path = [in_full(each) for each in paths], options.in_full(), in_full(path)
    pool = _pool(options)
    with Crew(pool, options, path) as crew:
        folder = OutputFolder(path)
        begun = _begun(folder, paths, options)
        pool.ready_for(path)
        intake = Intake()
        total = sum(1 for _ in drafts(paths, options, intake))
        planner = Planner()
        there = folder.shards()
        done = Summary()
        for number in there:
            done.join(_counted(folder.read_shard(number)))
        shards = _missing(planner.shards(drafts(paths, options, Intake())), there)
        for _ in shown(crew.check(shards), total, done, planner.duplicates):
            pass
    folder.write_duplicates(planner.duplicates)
    finished = begun.model_copy(update={"posts": total, "intake": tuple(intake.lines()), "done": True})
    folder.write_manifest(finished.model_dump_json(indent=1))
    return finished


def manifest(path: str) -> Manifest:
    """Give what is known of a batch as a whole; raises UsageError where the folder holds none."""
    begun = OutputFolder(path).read_manifest()
    if begun is None:
        raise UsageError(path, "holds no batch; make one with tasmat-check batch … -o FOLDER")
    return Manifest.model_validate_json(begun)


def reports(path: str) -> Iterator[Report]:
    """Yield the reports of a finished or broken-off batch, in order; a repeated post follows the first."""
    folder = OutputFolder(path)
    duplicates: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for duplicate in folder.read_duplicates():
        duplicates[duplicate["shard"], duplicate["line"]].append(duplicate)
    for number in sorted(folder.shards()):
        for line, record in enumerate(folder.read_shard(number)):
            report = restored(record)
            yield report
            yield from (repeated(report, duplicate) for duplicate in duplicates[number, line])


def _pool(options: Options) -> Pool:
    if options.engine == "local":
        return Processes(options.jobs)
    from tasmat_check.batch.cluster import Cluster

    return Cluster(options)


def _begun(folder: OutputFolder, paths: Sequence[str], options: Options) -> Manifest:
    """Begin a batch, or go on with the one that is in the folder."""
    own = Manifest.of(paths, options, SHARD_SIZE)
    begun = folder.read_manifest()
    if begun is None:
        if not folder.is_empty():
            raise UsageError(folder.path, "is not empty and holds no batch; name another folder")
        folder.create()
        folder.write_manifest(own.model_dump_json(indent=1))
    elif not options.resume:
        raise UsageError(folder.path, "holds a batch already; go on with --resume, or name another folder")
    else:
        own.check_same(Manifest.model_validate_json(begun), folder.path)
    return own


def _missing(shards: Iterator[Shard], there: set[int]) -> Iterator[Shard]:
    return (shard for shard in shards if shard.number not in there)


def _counted(records: Iterator[dict[str, Any]]) -> Summary:
    summary = Summary()
    for record in records:
        summary.add(restored(record))
    return summary
