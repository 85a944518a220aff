"""Reads an HTML report back: its elements, its words, and the invented reports that fill it."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from tasmat_check.models import Report
from tasmat_check.reporters import load

from .samples import SmallPack, all_reports, small_pack

VOID = {"meta", "img", "input", "link", "br", "base", "hr"}


@dataclass
class Element:
    """One element, with all the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    within: list["Element"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()


class Page(HTMLParser):
    """A parsed page; a tag that is not closed, or closed wrongly, is an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {attrs}"
        element = Element(tag, dict(attrs), within=list(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), within=list(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(element.tag, tuple(element.attributes)) for element in self.elements]

    @property
    def text(self) -> str:
        """The words that a reader sees."""
        return self.one("body").text.replace(self.elements[-1].text, "")

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(value in (element.attributes.get(name) or "").split() for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element


def written(reports: Iterable[Report], pack: SmallPack | None = None, **options: Any) -> str:
    out = io.StringIO()
    load("html")(reports, pack or small_pack(), out, **options)
    return out.getvalue()


def page(reports: Iterable[Report], pack: SmallPack | None = None, **options: Any) -> Page:
    return Page(written(reports, pack, **options))


def many(count: int) -> Iterable[Report]:
    """Give the invented reports over and over, with ids and dates of their own."""
    reports = all_reports()
    first = datetime(2025, 1, 1, 9, tzinfo=UTC)
    for number in range(count):
        report = reports[number % len(reports)]
        when = first + timedelta(hours=number % 8000)
        yield replace(report, draft=replace(report.draft, id=f"post {number}", source="year.zip", published=when))
