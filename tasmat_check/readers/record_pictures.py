"""Joins a record to its pictures: files beside its file, with their alt texts; addresses on the web are told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

from tasmat_check.files import within_archive
from tasmat_check.files.shared import parent
from tasmat_check.models import Draft, Passage, Skipped
from tasmat_check.readers.columns import Columns, Role
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import with_pictures

_BAR = re.compile(r"\|")
_BARS = re.compile(r"\|\|")
_BETWEEN_PICTURES = re.compile(r"\||\n|[\s,;]+(?=https?://)|(?<=\.\w{3})[,;]\s*|(?<=\.\w{4})[,;]\s*")
_ON_THE_WEB = re.compile(r"[A-Za-z][\w+.-]+://")


def with_record_pictures(draft: Draft, columns: Columns, values: Sequence[object], path: str, where: str) -> Draft:
    """Add the pictures that a record of the file at `path` names, and their alt texts."""
    skipped: list[Skipped] = []
    images = _listed(columns, "picture", values, _BETWEEN_PICTURES, (where, skipped))
    several = len([image for image in images if image]) > 1
    between = (_BARS if columns.parted else _BAR) if several else None
    alt_texts = _listed(columns, "alt text", values, between, (where, skipped))
    parts = tuple(
        Passage(alt, f"alt text of {images[n]}" if n < len(images) and images[n] else "alt text")
        for n, alt in enumerate(alt_texts)
        if alt
    )
    found: list[str] = []
    for image in filter(None, images):
        if reason := _why_not_beside(image, path):
            skipped.append(Skipped(image, reason))
        else:
            found.append(image.replace("\\", "/"))
    draft = replace(draft, parts=(*draft.parts, *parts), skipped=(*draft.skipped, *skipped))
    return with_pictures(draft, found, parent(path)) if found else draft


def _why_not_beside(image: str, path: str) -> str:
    """Say why a picture is not looked for beside the file at `path`; empty where it is."""
    if _ON_THE_WEB.match(image):
        return "is on the web and not in the export"
    if image.startswith(("//", "\\\\")):
        return "is on another computer and was not opened"
    rooted = PurePosixPath(image).is_absolute() or PureWindowsPath(image).is_absolute()
    return "is outside the archive and was not opened" if rooted and within_archive(path) else ""


def _listed(
    columns: Columns,
    role: Role,
    values: Sequence[object],
    between: re.Pattern[str] | None,
    trouble: tuple[str, list[Skipped]],
) -> list[str]:
    """Read the texts of all columns of a role in their order; an empty text stands for a gap."""
    where, skipped = trouble
    positions = columns.of(role)
    texts: list[str] = []
    for position in positions:
        name = f"{where}: {columns.names[position].strip()}"
        texts += _texts(values[position], name, skipped, between) or [""] * (len(positions) > 1)
    return texts


def _texts(value: object, where: str, skipped: list[Skipped], between: re.Pattern[str] | None) -> list[str]:
    """Read a list of texts, or a text that holds several; a gap in it is an empty text."""
    if not value:
        return []
    if isinstance(value, str):
        value = between.split(value) if between else [value]
    if not isinstance(value, list):
        reason = getattr(value, "reason", "is neither a text nor a list of texts")
        skipped.append(Skipped(where, reason))
        return []
    texts: list[str] = []
    for item in value:
        if item is not None and not isinstance(item, str):
            skipped.append(Skipped(where, "holds something that is not a text"))
        texts.append(mend(item).strip() if isinstance(item, str) else "")
    return texts
