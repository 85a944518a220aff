"""Tells where in a file the words of a finding stand, for programs that open the file there."""

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from tasmat_check.models import Draft, Location

_TAKEN_OUT_OF_MARKUP = frozenset({".docx", ".html", ".htm", ".xhtml", ".eml"})
"""Files of one post whose text is not what stands in the file, so that a line of one is no line of the other."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file: lines and columns count from 1, columns in code points, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def place_in_file(location: Location, draft: Draft) -> Place | None:
    """Give the place in the draft's file; None where the file is not just the post's text, such as an export."""
    own_text = not location.part and not location.image and draft.text
    if not own_text or draft.id != draft.source or PurePath(draft.source).suffix.lower() in _TAKEN_OUT_OF_MARKUP:
        return None
    line, column = _line_and_column(draft.text, location.span.start)
    end_line, end_column = _line_and_column(draft.text, location.span.end)
    return Place(line, column, end_line, end_column)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    offset = max(0, min(offset, len(text)))
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def file_uri(path: str) -> str:
    """Give a path as a URI reference: a relative one stays relative, an absolute one becomes a file URI."""
    pure = PurePath(path)
    name = pure.as_posix()
    if not pure.is_absolute():
        return quote(name, safe="/", errors="replace")
    return "file://" + "/" * (not name.startswith("/")) + quote(name, safe="/:", errors="replace")
