"""Gathers what is read out of a picture, field by field."""

from dataclasses import dataclass, field
from typing import Literal

from tasmat_check.pictures.hidden_data.decoding import plain
from tasmat_check.pictures.hidden_data.places import Position

Kind = Literal["text", "author", "shown", "copyright", "make", "model", "computer", "serial"]

LONGEST_TEXT = 20_000
"""Longest text of one field that is kept, in characters. IPTC allows a caption 2,000."""

MOST_FIELDS = 2_000
"""Most fields of one picture that are kept."""


@dataclass(slots=True)
class Fields:
    """The fields read so far. Each text is kept once for each name; the first position and device name count."""

    position: Position | None = None
    texts: dict[tuple[str, str], None] = field(default_factory=dict)
    authors: dict[tuple[str, str], None] = field(default_factory=dict)
    shown: dict[tuple[str, str], None] = field(default_factory=dict)
    copyright: dict[tuple[str, str], None] = field(default_factory=dict)
    unread: dict[str, None] = field(default_factory=dict)
    _device: dict[str, str] = field(default_factory=dict)

    def add(self, kind: Kind, name: str, text: str) -> None:
        """Keep the text of the field called `name`, unless it is empty."""
        text = plain(text)
        if not text:
            return
        if len(text) > LONGEST_TEXT:
            self.note(f"{name} is longer than {LONGEST_TEXT:,} characters; the rest of it was not read.")
            text = text[:LONGEST_TEXT]
        if kind in {"make", "model", "computer", "serial"}:
            self._device.setdefault(kind, text[:200])
            return
        group = {
            "text": self.texts,
            "author": self.authors,
            "shown": self.shown,
            "copyright": self.copyright,
        }[kind]
        if len(group) >= MOST_FIELDS:
            self.note(f"The picture has more than {MOST_FIELDS:,} hidden fields; the rest were not read.")
            return
        group[name, text] = None

    def place(self, position: Position | None, source: str) -> None:
        """Keep a position, unless one is known; None says that `source` holds none on the earth."""
        if position is None:
            self.note(f"{source} holds a place that cannot be read.")
        self.position = self.position or position

    def note(self, sentence: str) -> None:
        """Say what could not be read."""
        self.unread[sentence] = None

    @property
    def device(self) -> str:
        """The device's make, model, computer name and serial number; empty where none is known."""
        make, model = self._device.get("make", ""), self._device.get("model", "")
        name = model if model.casefold().startswith(make.casefold()) else f"{make} {model}"
        serial = f"serial number {self._device['serial']}" if "serial" in self._device else ""
        parts = dict.fromkeys((name.strip(), self._device.get("computer", ""), serial))
        return ", ".join(part for part in parts if part)
