"""Reads exports that were asked for as web pages: loosely, since their marks change; JSON gives more."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from itertools import pairwise

from tasmat_check.files import UnreadableError, open_binary
from tasmat_check.models import Skipped
from tasmat_check.readers.exports import Export, Post
from tasmat_check.readers.platforms.meta.blocks import Block, read_block
from tasmat_check.readers.platforms.meta.records import EMPTY

CHOOSE_JSON = "the posts in this page cannot be told apart; ask for the export again and choose JSON as its format"

_LONGEST_BLOCK = 8_000_000
_CHUNK = 1_000_000
_LONGEST_TAG = 10_000
_MARKS = re.compile(r"\b_a6-g\b|\buiBoxWhite\b|\b_a70[56]\b")
_START = re.compile(r'<(?:div|section)\b[^<>]*\bclass="[^"<>]*(?:\b_a6-g\b|\buiBoxWhite\b)[^"<>]*"[^<>]*>')


def is_page(name: str, head: str, names: re.Pattern[str]) -> bool:
    """Say whether a file is a page of an export with one of these names, for messages look the same inside."""
    stem, _, suffix = name.lower().rpartition(".")
    own_names = (stem.rpartition("/")[2], "/".join(stem.split("/")[-2:]))
    known = any(names.fullmatch(re.sub(r"_\d+$", "", own)) or names.fullmatch(own) for own in own_names)
    return suffix in ("html", "htm") and known and bool(_MARKS.search(head))


def read_pages(export: Export, place: str, *, title_is_typed: bool) -> Iterator[Post | Skipped]:
    """Yield the posts of a page; `title_is_typed` says whether their headings are what the person wrote."""
    found = False
    for block in _joined(map(read_block, _blocks(place))):
        found = True
        post = block.post(title_is_typed=title_is_typed)
        if post:
            yield post
        else:
            export.intake.leave_out(EMPTY)
    if not found:
        yield Skipped(place, CHOOSE_JSON)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join a block within a block to the one around it, which ends with the time of both."""
    before: Block | None = None
    for block in blocks:
        if before and before.heading and not before.has_end and not block.heading:
            before = before + block
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _blocks(place: str) -> Iterator[str]:
    """Part a page at the beginnings of its blocks, as it streams past."""
    text = ""
    found = False
    for chunk in _chunks(place):
        text += chunk
        starts = [start.start() for start in _START.finditer(text)]
        yield from (text[start:end] for start, end in pairwise(starts))
        found = found or bool(starts)
        text = text[starts[-1] :] if starts else text if found else text[-_LONGEST_TAG:]
        if len(text) > _LONGEST_BLOCK:
            raise UnreadableError(f"holds a post longer than {_LONGEST_BLOCK:,} characters")
    if found:
        yield text


def _chunks(place: str) -> Iterator[str]:
    decoder = getincrementaldecoder("utf-8-sig")("replace")
    with open_binary(place) as stream:
        while data := stream.read(_CHUNK):
            yield decoder.decode(data)
    yield decoder.decode(b"", final=True)
