"""Reads the items of a list in a JSON file one by one, so that a file of any size needs little memory."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from tasmat_check.files import UnreadableError, load, open_binary
from tasmat_check.readers.decoding import mend_single_bytes
from tasmat_check.readers.lines import SAMPLE, encoding_and_errors

LONGEST_ITEM = 8_000_000
"""Longest item of a list, in code points, since one is held in memory at a time."""

_CHUNK = 262_144
_DEEPEST = 100
"""Objects and lists within each other that are passed over on the way to the list."""

_LOOK_AHEAD = 3
"""Characters to see behind a value, since 1 may go on as 1e+5."""

_LONGEST_NUMBER = 1_000
"""Digits of a whole number; what is longer is nobody's id or time, and takes long to read."""

_TOO_DEEP = "the JSON has too many objects and lists within each other"
_FILLED = re.compile(r"[^ \t\r\n]")


def read_items(path: str, where: str = "", opening: str = "") -> Iterator[Any]:
    """Yield the items of the list at `where`, keys joined by dots, empty for the file's own list.

    `opening` is what stands before the JSON and is left out ("window.YTD.tweets.part0 ="). A list that is not there
    has no items; NaN and numbers of more than 1,000 digits are None. Raises UnreadableError where the file breaks,
    after the items before the break.
    """
    text = _Text(_pieces(path))
    text.pass_opening(opening)
    if _is_at_list(text, where.split(".") if where else []):
        yield from text.items()
        if not where and text.sign() not in ("", ";"):
            raise UnreadableError("has something after the end of its list, which is not read")
    text.finish()


def read_items_of(path: str, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    """Yield the items of every list whose place `is_wanted`, with that place (keys joined by dots), in one pass.

    Raises UnreadableError where the file breaks, after the items before the break.
    """
    text = _Text(_pieces(path))
    yield from _items_among(text, "", is_wanted, 0)
    text.finish()


def _items_among(text: "_Text", place: str, is_wanted: Callable[[str], bool], depth: int) -> Iterator[tuple[str, Any]]:
    """Go through the objects that a value holds, and pass over whatever is not wanted."""
    sign = text.sign()
    if sign == "[" and is_wanted(place):
        yield from ((place, item) for item in text.items())
    elif sign == "{" and depth < _DEEPEST:
        for key in text.entries():
            yield from _items_among(text, f"{place}.{key}" if place else key, is_wanted, depth + 1)
    elif sign:
        text.pass_value(depth)


def read_value(path: str, key: str) -> Any:
    """Give a value of the object that a file is; None where it is not there, or the file breaks before it."""
    try:
        text = _Text(_pieces(path))
        if text.sign() == "{" and key in text.keys():  # noqa: SIM118 - goes through a stream, as far as the key
            return text.value()
    except (UnreadableError, OSError):
        pass
    return None


def _pieces(path: str) -> Iterator[str]:
    """Yield the text bit by bit, as it comes from the disk or the archive."""
    encoding, errors = encoding_and_errors(load(path, SAMPLE, cut=True))
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with open_binary(path) as stream:
        read_some = getattr(stream, "read1", stream.read)
        while data := read_some(SAMPLE):
            if text := decoder.decode(data):
                yield mend_single_bytes(text)
        yield mend_single_bytes(decoder.decode(b"", True))


def _is_at_list(text: "_Text", keys: list[str]) -> bool:
    """Go to the list that these keys lead to; False where there is none."""
    for key in keys:
        if text.sign() != "{" or key not in text.keys():  # noqa: SIM118 - goes through a stream, as far as the key
            return False
    return text.sign() == "["


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _no_number(_: str) -> None:
    return None


class _Text:
    """A JSON text of which only the part that is being read is held in memory."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._break: OSError | None = None
        self._decoder = json.JSONDecoder(parse_int=_whole_number, parse_constant=_no_number)
        self._held = ""
        self._at = 0
        self._line, self._column = 1, 1
        self._hold_more()

    def pass_opening(self, opening: str) -> None:
        """Go to behind these characters, where they stand in the beginning of the text."""
        found = self._held.find(opening)
        self._at = found + len(opening) if found >= 0 else 0

    def sign(self) -> str:
        """Give the next character that is not blank, without passing over it; empty at the end."""
        while True:
            filled = _FILLED.search(self._held, self._at)
            if filled:
                self._at = filled.start()
                return filled[0]
            self._at = len(self._held)
            if not self._hold_more():
                self._raise_break()
                return ""

    def finish(self) -> None:
        """Go to the end of the file, where an archive tells that its bytes are not those that were packed."""
        while self._read(_CHUNK):
            pass
        self._raise_break()

    def items(self) -> Iterator[Any]:
        """Yield the items of the list that begins here."""
        for _ in self._places("[", "]"):
            yield self.value()

    def keys(self, depth: int = 0) -> Iterator[str]:
        """Yield the keys of the object that begins here; each value is passed over when the next key is asked for."""
        for key in self.entries():
            yield key
            self.pass_value(depth + 1)

    def entries(self) -> Iterator[str]:
        """Yield the keys of the object that begins here; the caller passes over each value."""
        for _ in self._places("{", "}"):
            key = self.value()
            self._pass(":")
            yield str(key)

    def _places(self, start: str, end: str) -> Iterator[None]:
        """Stop at each item of the list or object that begins here; the caller passes over it."""
        self._pass(start)
        if self.sign() != end:
            yield
            while self.sign() != end:
                self._pass(",")
                yield
        self._pass(end)

    def _pass(self, sign: str) -> None:
        if self.sign() != sign:
            raise self._damage(self._at)
        self._at += 1

    def pass_value(self, depth: int) -> None:
        """Pass over a value, however long it is as a whole."""
        if depth > _DEEPEST:
            raise UnreadableError(_TOO_DEEP)
        sign = self.sign()
        if self._is_held_whole():
            return
        if sign == "{":
            for _ in self.keys(depth):
                pass
        elif sign == "[":
            for _ in self._places("[", "]"):
                self.pass_value(depth + 1)
        else:
            self.value()

    def _is_held_whole(self) -> bool:
        """Pass over a value that is in memory from end to end."""
        try:
            _, end = self._decoder.raw_decode(self._held, self._at)
        except (ValueError, RecursionError):
            return False
        if len(self._held) - end < _LOOK_AHEAD:
            return False
        self._at = end
        return True

    def value(self) -> Any:
        """Read the next value."""
        self.sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except RecursionError as problem:
                raise UnreadableError(_TOO_DEEP) from problem
            except json.JSONDecodeError as problem:
                if len(self._held) - self._at >= LONGEST_ITEM:
                    raise UnreadableError(f"holds an item longer than {LONGEST_ITEM:,} characters") from problem
                if not self._hold_more():
                    raise self._damage(problem.pos) from problem
                continue
            if len(self._held) - end >= _LOOK_AHEAD or not self._hold_more():
                self._at = end
                return value

    def _hold_more(self) -> bool:
        """Let go of what was read and hold more of the text, twice as much where an item is long."""
        more = self._read(max(_CHUNK, len(self._held) - self._at))
        if not more:
            return False
        self._line, self._column = self._position(self._at)
        self._held = self._held[self._at :] + more
        self._at = 0
        return True

    def _read(self, wanted: int) -> str:
        """Read about so many characters; none at the end and from a break on, which is raised when it is reached."""
        gathered: list[str] = []
        try:
            while wanted > 0 and not self._break and (piece := next(self._pieces, "")):
                gathered.append(piece)
                wanted -= len(piece)
        except OSError as problem:
            self._break = problem
        return "".join(gathered)

    def _raise_break(self) -> None:
        if self._break:
            raise self._break

    def _damage(self, place: int) -> UnreadableError | OSError:
        if self._break:
            return self._break
        line, column = self._position(place)
        return UnreadableError(f"the JSON breaks off or is damaged at line {line:,} column {column:,}")

    def _position(self, place: int) -> tuple[int, int]:
        """Tell the line and column of a place in what is held, from 1."""
        lines = self._held.count("\n", 0, place)
        column = place - self._held.rfind("\n", 0, place) if lines else self._column + place
        return self._line + lines, column
