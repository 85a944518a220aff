"""Carries out what the command line asks for, and tells the exit code that the outcome deserves."""

import gc
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from pydantic import ValidationError

from tasmat_check import config as configuration
from tasmat_check import nlp, readers, reporters
from tasmat_check import pack as packs
from tasmat_check import people as people_lists
from tasmat_check.config import Config
from tasmat_check.engine import Checker
from tasmat_check.errors import Exit, UsageError
from tasmat_check.models import Draft, Entity, Level, Location, Report, Sighting
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.record import location_record

_FAIL_LEVELS = {"breach": Level.BREACH, "caution": Level.CAUTION, "never": None}


class Options(Config):
    """What one command was asked for: the command line over the configuration file over the defaults."""

    output: Path | None = None

    @classmethod
    def merged(cls, path: Path | None, given: Mapping[str, Any]) -> "Options":
        """Lay the options that were given over a configuration file; raises ConfigError or UsageError."""
        base = configuration.load(path)
        names = {*cls.model_fields}
        chosen = {name: value for name, value in given.items() if name in names and value not in (None, False, [])}
        if "model" in chosen:
            chosen.setdefault("no_model", False)
        values = {field.alias or name: getattr(base, name) for name, field in Config.model_fields.items()}
        values |= {cls.model_fields[name].alias or name: value for name, value in chosen.items()}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            what = f"{configuration.plainly(detail)}, not {detail['input']}"
            raise UsageError(f"--{detail['loc'][0]}", what) from error

    @property
    def pipeline(self) -> str | None:
        """The spaCy pipeline to find names with too; None for none."""
        return None if self.no_model else self.model


def check(paths: list[str], images: list[str], options: Options, *, clipboard: bool) -> Exit:
    """Check the drafts of one `check` command and write the report."""
    if clipboard and paths:
        raise UsageError("--clipboard", f"takes no file beside it; check {paths[0]} by itself, or give it as --image")
    if clipboard:
        drafts: Iterable[Draft] = [readers.read_clipboard(images, options.channel)]
    else:
        drafts = readers.read(paths, images, options.channel, _piped())
    return _report(drafts, options)


def batch(paths: list[str], options: Options) -> Exit:
    """Check every post of some files of posts and write the report."""
    return _report(readers.read_posts(paths, options.channel, me=options.me), options)


def entities(paths: list[str], options: Options) -> Exit:
    """Write what the recognizers see, a JSON line a post."""
    outcome = Exit.CLEAR
    with _output(options) as out:
        for draft, read in _checker(options).read_many(_given(paths, options)):
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
    done, left = covering.cover(picture, options.output, _checker(options))
    lettering = Lettering(getattr(sys.stdout, "encoding", None) or "utf-8")
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
    lettering = Lettering(getattr(sys.stdout, "encoding", None) or "utf-8")
    for failure in examples.failures(pack, meaning=not options.no_model, pipeline=options.pipeline):
        print(lettering.shown(f"rule {failure.rule}: {' '.join(failure.what.split())}"))
        failed += 1
    count = sum(len(rule.example) for rule in pack.rules)
    told = [_counted(len(pack.policy.clause), "clause"), _counted(len(pack.rules), "rule"), _counted(count, "example")]
    print(f"{', '.join(told)}, {failed} failed")
    return Exit.FOUND if failed else Exit.CLEAR


def _counted(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def _report(drafts: Iterable[Draft], options: Options) -> Exit:
    pack = packs.load(options.pack)
    tally = _Tally(_FAIL_LEVELS[options.fail_on])
    with _output(options) as out:
        reports = tally.watch(_checker(options, pack).check_many(drafts))
        reporters.load(options.format)(reports, pack, out, mask=options.mask, quiet=options.quiet)
    return tally.outcome


def _checker(options: Options, pack: packs.Pack | None = None) -> Checker:
    if options.pipeline:
        nlp.load(options.pipeline)  # a misspelt name is told even when no post needs the pipeline
    people = [person for path in options.people for person in people_lists.read_people(path).people]
    pack = pack or packs.load(options.pack)
    checker = Checker(
        replace(pack, logos=options.logos or pack.logos),
        people=people,
        role=options.role,
        meaning=not options.no_model,
        pipeline=options.pipeline,
        pictures=not options.no_images,
    )
    gc.freeze()
    gc.enable()
    return checker


def _piped() -> BinaryIO | None:
    return None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer


@contextmanager
def _output(options: Options) -> Iterator[TextIO]:
    """Open what the report goes to; records for machines are UTF-8 on every platform."""
    if options.output is not None:
        try:
            with options.output.open("w", encoding="utf-8", newline="\n") as file:
                yield file
        except OSError as error:
            raise UsageError(str(options.output), error.strerror or "cannot be written") from error
        return
    if sys.stdout is None:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield nowhere
        return
    if options.format != "terminal" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    yield sys.stdout


def _record(seen: Entity | Sighting, place: Location) -> dict[str, object]:
    return {"label": seen.label, "text": seen.text, "score": round(seen.score, 3), "location": location_record(place)}


class _Tally:
    """Watches reports stream past and keeps the exit code they deserve."""

    def __init__(self, fail_level: Level | None) -> None:
        self._fail_level = fail_level
        self.outcome = Exit.CLEAR

    def watch(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            if report.skipped:
                self.outcome = Exit.ERROR
            elif self.outcome is Exit.CLEAR and self._found(report):
                self.outcome = Exit.FOUND
            yield report

    def _found(self, report: Report) -> bool:
        return self._fail_level is not None and max(report.clauses.values(), default=Level.NOTE) >= self._fail_level
