"""Reads what the model learns from: labelled posts, and texts in which people's names are marked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tasmat_check.errors import InputError
from tasmat_check.meaning.settings import ANY
from tasmat_check.models import Channel

Row = TypeVar("Row", bound=BaseModel)

CLAUSES = (
    *("3.2", "3.3", "5.2", "5.3", "5.4", "5.5", "5.6"),
    *("6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "6.10", "6.11", "6.12", "6.13", "6.15"),
    *("7.1", "7.3", "7.4"),
)
"""The clauses of which the posts hold enough breaches to learn from."""

LABELS = (*CLAUSES, ANY)


class LabelledPost(BaseModel):
    """One draft post and what a perfect checker says of it.

    `must` are the clauses it breaches, `may` those that can be argued; `evidence` and `names` are exact substrings
    (`names` is None where nobody has marked them). `writer` is the file it stands in: one file, one writer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    channel: Channel
    must: tuple[str, ...]
    may: tuple[str, ...]
    evidence: tuple[str, ...]
    kind: str
    names: tuple[str, ...] | None = None
    writer: str = ""


class Mark(BaseModel):
    """One named thing; `mention` and `hashtag` tell that it stands inside a handle or a tag."""

    start: int
    end: int
    label: Literal["PER", "LOC", "ORG"]
    text: str
    mention: bool = False
    hashtag: bool = False


class NameRow(BaseModel):
    """A text with the people, places and organisations in it; offsets in code points, `end` exclusive."""

    id: str
    text: str
    entities: tuple[Mark, ...]


def read_posts(folder: Path) -> list[LabelledPost]:
    """Read every post of a folder, file by file; raises InputError."""
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise InputError(str(folder), "holds no *.jsonl file of posts")
    return [post.model_copy(update={"writer": path.stem}) for path in paths for post in _read_lines(path, LabelledPost)]


def read_names(path: Path) -> list[NameRow]:
    """Read the rows of a file of marked names; raises InputError."""
    return list(_read_lines(path, NameRow))


def _read_lines(path: Path, row: type[Row]) -> Iterator[Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield row.model_validate(json.loads(line))
            except (ValidationError, ValueError) as error:
                raise InputError(f"{path}:{number}", str(error).splitlines()[0]) from error
