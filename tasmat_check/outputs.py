"""Opens what a report is written to: a file on a disk or on shared storage, or standard output."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from tasmat_check.errors import UsageError
from tasmat_check.files import UnreadableError
from tasmat_check.files.shared import is_shared, is_shared_folder, open_shared
from tasmat_check.options import Options


def is_folder(output: str) -> bool:
    """Say whether the output is a folder to work in: one that is there, or a new name without a suffix."""
    if is_shared(output):
        return not Path(output.rpartition("/")[2]).suffix or _is_shared_folder(output)
    path = Path(output)
    return path.is_dir() or not (path.suffix or path.exists())


@contextmanager
def binary_output(options: Options) -> Iterator[BinaryIO]:
    """Open the file of a format that is no text."""
    if options.output is None:
        raise UsageError("--format", f"{options.format} needs a file to go to: add -o report.{options.format}")
    try:
        with _created(options.output) as file:
            yield file
    except OSError as error:
        raise UsageError(options.output, error.strerror or "cannot be written") from error


@contextmanager
def text_output(options: Options) -> Iterator[TextIO]:
    """Open what the report goes to; records for machines are UTF-8 on every platform."""
    if options.output is not None:
        with binary_output(options) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
            try:
                yield text
            finally:
                text.detach()
        return
    if sys.stdout is None:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            yield nowhere
        return
    if options.format != "terminal" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    yield sys.stdout


def _created(output: str) -> BinaryIO:
    if not is_shared(output):
        return Path(output).open("wb")
    try:
        return open_shared(output, "wb")
    except UnreadableError as problem:
        raise UsageError(output, problem.reason) from problem


def _is_shared_folder(url: str) -> bool:
    try:
        return is_shared_folder(url)
    except UnreadableError as problem:
        raise UsageError(url, problem.reason) from problem
