"""Carries out what the command line asks for, and tells the exit code that the outcome deserves."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tasmat_check import batch as batches
from tasmat_check import pack as packs
from tasmat_check import people as people_lists
from tasmat_check import readers, reporters
from tasmat_check.baseline import Baseline
from tasmat_check.errors import Exit, UsageError
from tasmat_check.files.shared import joined
from tasmat_check.models import Draft, Entity, Level, Location, Report, Sighting, Skipped, Summary
from tasmat_check.options import Options
from tasmat_check.outputs import binary_output, is_folder, text_output
from tasmat_check.preparing import checker
from tasmat_check.reporters.concerns import summed_up, things
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.record import location_record

_GAPS_TOLD = 3
_FAIL_LEVELS = {"breach": Level.BREACH, "caution": Level.CAUTION, "never": None}


def check(paths: list[str], images: list[str], options: Options, *, clipboard: bool) -> Exit:
    """Check the drafts of one `check` command and write the report."""
    if clipboard and paths:
        raise UsageError("--clipboard", f"takes no file beside it; check {paths[0]} by itself, or give it as --image")
    if clipboard:
        drafts: Iterable[Draft] = [readers.read_clipboard(images, options.channel)]
    else:
        drafts = readers.read(paths, images, options.channel, _piped())
    _spare_inputs([*paths, *images], options)
    return _report(drafts, options)


def batch(paths: list[str], options: Options) -> Exit:
    """Check every post of some exports, collections and drafts, and write the report.

    With a folder as output the posts are checked in shards by several processes, which can be broken off and resumed.
    """
    _spare_inputs(paths, options)
    if options.output is not None and is_folder(options.output):
        return _batch_into(options.output, paths, options)
    _batch_only(options)
    intake = batches.Intake()
    return _report(batches.drafts(paths, options, intake), options, intake.lines)


def _spare_inputs(paths: Iterable[str], options: Options) -> None:
    """Refuse to write the report over what is read."""
    output = Path(options.output) if options.output else None
    if output is None or not output.is_file():
        return
    for path in (*paths, *map(str, options.people), *map(str, filter(None, [options.baseline]))):
        if Path(path).is_file() and output.samefile(path):
            raise UsageError(str(output), "is read for this check; give the report another name")


def _batch_only(options: Options) -> None:
    """Refuse options that make sense with a folder alone."""
    for name, given in (("--resume", options.resume), ("--engine dask", options.engine == "dask")):
        if given:
            what = "say which batch to go on with" if options.resume else "say which folder the workers write to"
            raise UsageError(name, f"{what}: -o FOLDER")


def _batch_into(folder: str, paths: list[str], options: Options) -> Exit:
    if options.format in reporters.BINARY_FORMATS:
        reporters.load_binary(options.format)  # what is missing or wrong is told before a folder is made
    packs.load(options.pack)
    for path in options.people:
        people_lists.read_people(path)
    try:
        manifest = batches.run(paths, options, folder)
    except KeyboardInterrupt:
        _tell(f"Stopped. What is checked is kept in {folder}; go on with the same command and --resume.")
        return Exit.ERROR
    return _write_into(folder, options, lambda: manifest.intake)


def _write_into(folder: str, options: Options, intake: Callable[[], Iterable[str]]) -> Exit:
    """Write the report of a finished batch into its folder: a page, unless another format was asked for."""
    name = "html" if options.format == "terminal" else options.format
    file = joined(folder, f"report.{name}")
    chosen = options.model_copy(update={"format": name, "output": file})
    tally = _write(batches.reports(folder), packs.load(options.pack), chosen, intake)
    _tell(summed_up(tally.summary))
    for gap in tally.gaps:
        _tell(f"NOT CHECKED {gap.what}: {gap.reason}")
    if more := tally.summary.skipped - len(tally.gaps):
        _tell(f"NOT CHECKED: {things(more)} more, told in the report.")
    _tell(f"The report is in {file}.")
    return tally.outcome


def summarise(folder: str, options: Options, most: int, *, texts: bool) -> Exit:
    """Show what a batch comes to, finished or broken off."""
    from tasmat_check import overview
    from tasmat_check.batch import summary

    manifest = batches.manifest(folder)
    texts = texts and not options.mask
    counted = summary.overview(folder, most)
    with text_output(options) as out:
        overview.write(counted, manifest, out, texts=texts)
    return Exit.CLEAR


def review(folder: str, options: Options) -> Exit:
    """Ask about every finding of a finished batch that was not judged yet."""
    from tasmat_check import reviewing

    batches.manifest(folder)
    if options.baseline is None:
        raise UsageError("--baseline", "say which file keeps what you say")
    baseline = Baseline.load_or_new(options.baseline)
    lettering = Lettering.of(sys.stdout)
    reports, pack = batches.reports(folder), packs.load(options.pack)
    answered = reviewing.review(reports, pack, baseline, input, lambda line: print(lettering.shown(line)))
    print(f"{_counted(answered, 'finding')} judged; kept in {options.baseline}.")
    return Exit.CLEAR


def entities(paths: list[str], options: Options) -> Exit:
    """Write what the recognizers see, a JSON line a post."""
    outcome = Exit.CLEAR
    with text_output(options) as out:
        for draft, read in checker(options).read_many(_given(paths, options)):
            seen = [_record(each, passage.location(each.span)) for passage, _, found, _ in read for each in found]
            seen.extend(
                _record(each, each.location(picture.image)) for picture in draft.seen for each in picture.sightings
            )
            out.write(json.dumps({"id": draft.id, "entities": seen}, ensure_ascii=False) + "\n")
            for skipped in draft.skipped:
                print(f"tasmat-check: {skipped.what}: {skipped.reason}", file=sys.stderr)
                outcome = Exit.ERROR
    return outcome


def _given(paths: list[str], options: Options) -> Iterator[Draft]:
    if paths == [readers.STANDARD_INPUT]:
        return readers.read(paths, [], options.channel, _piped())
    return readers.read_posts(paths, options.channel, me=options.me)


def clean(picture: Path, options: Options) -> Exit:
    """Write a copy of a picture without what must not be seen, and tell what was done and what is left."""
    from tasmat_check import covering

    if options.output is None:
        raise UsageError("--output", f"say where the copy goes: tasmat-check clean {picture} -o safe.jpg")
    done, left = covering.cover(picture, Path(options.output), checker(options))
    lettering = Lettering.of(sys.stdout)
    print(lettering.shown(f"{options.output}: {', '.join(done)}."))
    for finding in left.findings:
        print(lettering.shown(f"STILL THERE: {' '.join(finding.message.split())}"))
    for gap in left.skipped:
        print(lettering.shown(f"NOT CHECKED: {gap.what}: {gap.reason}"))
    if left.skipped:
        return Exit.ERROR
    return Exit.FOUND if left.findings else Exit.CLEAR


def describe_people(file: Path, pack: packs.Pack) -> Iterator[str]:
    """Give the lines that tell how a people list was understood."""
    words = pack.lexicons.get("names-also-words", ())
    return people_lists.describe(people_lists.read_people(file), frozenset(words))


def check_pack(folder: Path, options: Options) -> Exit:
    """Validate a pack and run its examples; each failing one is a line."""
    from tasmat_check import examples

    pack = packs.load(folder)
    failed = 0
    lettering = Lettering.of(sys.stdout)
    for failure in examples.failures(pack, meaning=not options.no_model, pipeline=options.pipeline):
        print(lettering.shown(f"rule {failure.rule}: {' '.join(failure.what.split())}"))
        failed += 1
    count = sum(len(rule.example) for rule in pack.rules)
    told = [_counted(len(pack.policy.clause), "clause"), _counted(len(pack.rules), "rule"), _counted(count, "example")]
    print(f"{', '.join(told)}, {failed} failed")
    return Exit.FOUND if failed else Exit.CLEAR


def _counted(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def _report(drafts: Iterable[Draft], options: Options, intake: Callable[[], Iterable[str]] = tuple) -> Exit:
    """Check drafts as they come and write the report."""
    pack = packs.load(options.pack)
    return _write(checker(options, pack).check_many(drafts), pack, options, intake).outcome


def _write(
    reports: Iterable[Report], pack: packs.Pack, options: Options, intake: Callable[[], Iterable[str]] = tuple
) -> "_Tally":
    """Write the report of all that counts, and count it; `intake` tells, once all are read, what was read."""
    baseline = Baseline.load(options.baseline) if options.baseline else None
    if baseline:
        reports = (baseline.without_reviewed(report, pack, options.role) for report in reports)
    tally = _Tally(_FAIL_LEVELS[options.fail_on])
    wanted = _only(tally.watch(reports), options.only)
    remarks = _Remarks(intake, baseline, options)
    if options.format in reporters.BINARY_FORMATS:
        write_binary = reporters.load_binary(options.format)  # what is missing is told before a file is made
        with binary_output(options) as file:
            write_binary(wanted, pack, file, mask=options.mask, quiet=options.quiet, remarks=remarks)
    else:
        with text_output(options) as out:
            write = reporters.load(options.format)
            write(wanted, pack, out, mask=options.mask, quiet=options.quiet, remarks=remarks)
    if options.format != "terminal":
        for remark in remarks:
            _tell(remark)
    return tally


class _Remarks:
    """Sentences about a run, which are not settled before its last report."""

    def __init__(self, intake: Callable[[], Iterable[str]], baseline: Baseline | None, options: Options) -> None:
        self._intake = intake
        self._baseline = baseline
        self._options = options

    def __iter__(self) -> Iterator[str]:
        yield from self._intake()
        if self._options.no_images:
            yield "Pictures were not looked at, as --no-images asks."
        if self._options.only:
            least = self._options.only
            yield f"Only posts with at least a {least}, or not checked, are shown and counted here, as --only asks."
        if self._baseline and self._baseline.hidden:
            judged = ", ".join(f"{judgement} {count}" for judgement, count in self._baseline.hidden.items())
            yield f"Left out: findings that {self._baseline.path} tells as reviewed: {judged}."


def _only(reports: Iterable[Report], level: str | None) -> Iterator[Report]:
    """Leave out posts below a level, but never what could not be checked."""
    wanted = {"breach": {"breach"}, "caution": {"breach", "caution"}}.get(level or "")
    return (report for report in reports if not wanted or report.verdict in wanted or report.skipped)


def _tell(line: str) -> None:
    """Say something beside the report."""
    lettering = Lettering.of(sys.stderr)
    print(lettering.shown(line), file=sys.stderr)


def _piped() -> BinaryIO | None:
    return None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer


def _record(seen: Entity | Sighting, place: Location) -> dict[str, object]:
    return {"label": seen.label, "text": seen.text, "score": round(seen.score, 3), "location": location_record(place)}


class _Tally:
    """Watches reports stream past, counts them, and keeps the exit code they deserve."""

    def __init__(self, fail_level: Level | None) -> None:
        self._fail_level = fail_level
        self.outcome = Exit.CLEAR
        self.summary = Summary()
        self.gaps: list[Skipped] = []

    def watch(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self.summary.add(report)
            self.gaps.extend(report.skipped[: _GAPS_TOLD - len(self.gaps)])
            if report.skipped:
                self.outcome = Exit.ERROR
            elif self.outcome is Exit.CLEAR and self._found(report):
                self.outcome = Exit.FOUND
            yield report

    def _found(self, report: Report) -> bool:
        return self._fail_level is not None and max(report.clauses.values(), default=Level.NOTE) >= self._fail_level
