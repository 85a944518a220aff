"""Tells when a name means something else: a street, a house, a surname, another place of that name."""

import re
from collections.abc import Iterable
from functools import cache

from tasmat_check.folding import Folded, fold
from tasmat_check.pack.organisation_file import Organisation, Trap

_REACH = 80
_HOUSE_NUMBER = re.compile(r"(?<![\w£$.:/-])(?:flat |no\.? )?\d{1,3}[a-d]?\s+\Z")
_COUNTED = re.compile(
    r"\b(?:year|years|yr|class|room|form|age|aged|top|week|day|term|ks|key stage|since|bus)\s+\d{1,3}\s+\Z"
)
_ENDS_ADDRESS = re.compile(r"\s*(?:[,.;:!?)\n]|\Z|(?:in|near|off)\b)")
_ON_THE_WAY = re.compile(r"\b(?:on|down|off|along|into|through|up)\s+\Z")


def alternatives(phrases: Iterable[str]) -> str:
    """Write phrases as one regular expression for folded text, longest first; never matches when there are none."""
    folded = sorted({fold(phrase).text for phrase in phrases}, key=len, reverse=True)
    return "|".join(r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", phrase))) for phrase in folded) or "(?!)"


class Traps:
    """Every trap of a pack, ready to be asked about names."""

    def __init__(self, organisation: Organisation) -> None:
        """Compile the traps that hold for all names and those of single ones."""
        everywhere = [_CompiledTrap(trap) for trap in organisation.trap if not trap.name]
        self._everywhere = everywhere
        self._by_name: dict[str, list[_CompiledTrap]] = {}
        for trap in organisation.trap:
            if trap.name:
                self._by_name.setdefault(_key(trap.name), []).append(_CompiledTrap(trap))

    def spring(self, name: str, folded: Folded, start: int, end: int, original: str) -> bool:
        """Say whether the short name at a stretch of the folded text means something else."""
        text = folded.text
        if _is_address(text, start, end):
            return True
        traps = (*self._everywhere, *self._by_name.get(_key(name), ()))
        return any(trap.holds(folded, start, end, original) for trap in traps)


@cache
def _key(name: str) -> str:
    return fold(name).text


def _is_address(text: str, start: int, end: int) -> bool:
    """Say whether a house number stands before the name and nothing that belongs to it after."""
    before = text[max(start - 20, 0) : start]
    return bool(_HOUSE_NUMBER.search(before)) and not _COUNTED.search(before) and bool(_ENDS_ADDRESS.match(text, end))


class _CompiledTrap:
    def __init__(self, trap: Trap) -> None:
        self._before = _compiled(r"(?<!\w)(?:{})[\s.-]*\Z", trap.before)
        self._after = _compiled(r"[\s_-]{{0,3}}({})(?![^\W_])", trap.after)
        self._places = _compiled(r"[\s,(-]{{0,3}}(?:(?:in|near|at|off)\s+)?(?:{})(?!\w)", trap.places)
        self._near = _compiled(r"(?<!\w)(?:{})(?!\w)", trap.near)
        self._capitals = trap.capitals

    def holds(self, folded: Folded, start: int, end: int, original: str) -> bool:
        text = folded.text
        if self._before and self._before.search(text[max(start - 24, 0) : start]):
            return True
        if self._places and self._places.match(text, end):
            return True
        near = (text[max(start - _REACH, 0) : start], text[end : end + _REACH])
        if self._near and any(map(self._near.search, near)):
            return True
        after = self._after.match(text, end) if self._after else None
        if after is None or not self._capitals:
            return after is not None
        name = original[folded.origins[start] : folded.origins[end - 1] + 1]
        word = original[folded.origins[after.start(1)]]
        return (word.isupper() and not name.isupper()) or bool(_ON_THE_WAY.search(near[0]))


def _compiled(pattern: str, phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(pattern.format(alternatives(phrases))) if phrases else None
