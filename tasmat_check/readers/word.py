"""Reads Word drafts: every paragraph of the body, tables, text boxes and tracked insertions, headers and notes too."""

import io
import re
from collections.abc import Iterator
from typing import Any

from tasmat_check.files import UnreadableError, refuse_bomb
from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.content import Content

_MARGIN = re.compile(r"/word/(header|footer|footnotes|endnotes)\d*\.xml")
_WORDPROCESSING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {
    f"{_WORDPROCESSING}tab": "\t",
    f"{_WORDPROCESSING}br": "\n",
    f"{_WORDPROCESSING}cr": "\n",
    f"{_WORDPROCESSING}noBreakHyphen": "-",
}


def read_word(data: bytes, path: str) -> Content:
    """Read a .docx file: a line a paragraph; headers, footers, notes and alt texts are named parts."""
    import docx
    from docx.oxml import parse_xml

    try:
        refuse_bomb(io.BytesIO(data))
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        margins = [
            (match[1], parse_xml(part.blob))
            for part in document.part.package.iter_parts()
            if (match := _MARGIN.fullmatch(str(part.partname)))
        ]
    except UnreadableError:
        raise
    except Exception as problem:  # a damaged file fails in python-docx, lxml or zipfile, each in its own ways
        raise UnreadableError("is not a Word file that can be read") from problem
    parts = dict.fromkeys(Passage(text, part) for part, root in margins if (text := _text(root)))
    return Content(_text(body), (*parts, *_alt_texts(body)), skipped=tuple(_pictures(body, path)))


def _text(root: Any) -> str:
    return "\n".join(line for line in ("".join(_words(p)).rstrip() for p in _paragraphs(root)) if line)


def _paragraphs(root: Any) -> Iterator[Any]:
    for paragraph in root.iter(f"{_WORDPROCESSING}p"):
        # Word keeps an older copy of each text box beside it.
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def _words(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph in pieces, without that of paragraphs in text boxes inside it."""
    for element in paragraph.iterchildren():
        if element.tag == f"{_WORDPROCESSING}t":
            yield element.text or ""
        elif element.tag in _MARKS:
            yield _MARKS[element.tag]
        elif element.tag not in (f"{_WORDPROCESSING}p", f"{_WORDPROCESSING}pPr"):
            yield from _words(element)


def _alt_texts(body: Any) -> Iterator[Passage]:
    for properties in body.iter(f"{_DRAWING}docPr"):
        if alt := (properties.get("descr") or "").strip():
            yield Passage(alt, f"alt text of {properties.get('name') or 'a picture'}")


def _pictures(body: Any, path: str) -> Iterator[Skipped]:
    count = sum(1 for _ in body.iter(f"{_MAIN_DRAWING}blip"))
    if count:
        yield Skipped(f"{path}: {count} picture{'s' * (count > 1)}", "pictures in a Word file are not checked")
