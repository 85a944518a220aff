"""Finds names of schools in general by their shape: capitalised words that end in School, Academy or College."""

import re
from collections.abc import Iterable, Iterator

from tasmat_check.folding import fold
from tasmat_check.models import Span

_KINDS = "School|Academy|College|Primary|Infants|Juniors|Nursery School|Sixth Form College"
_GUARD = re.compile(_KINDS)
_NAME = re.compile(rf"(?<![\w#@])(?:[A-Z][\w'’&.-]{{0,24}}[ ]){{1,5}}(?:{_KINDS})(?!\w)")
_SORT = re.compile(
    "high|infants?|juniors?|primary|secondary|grammar|special|community|nursery|free|"
    "independent|sixth|form|c|of|e|ce|cofe|rc|church|catholic|school|academy|college|girls|boys|first|middle|upper|lower|prep|preparatory|trust",
    re.IGNORECASE,
)
_OPENING = re.compile(
    "the|at|my|our|your|his|her|their|this|that|is|was|are|i|we|in|on|to|from|"
    "for|and|but|so|or|a|an|"
    "visit(?:ed)?|join(?:ed)?|welcome|dear|well|done|congrat(?:ulation)?s|happy|proud|thanks?|"
    "shout|see|every|each|old|new|former|ex|big|good|great|"
    "another|any|when|why|what|where|who|how|if|no|yes|not|back|today|"
    "tomorrow|(?:mon|tues|wednes|thurs|fri)day|head|deputy|of",
    re.IGNORECASE,
)


class SchoolNames:
    """Names of schools in general, bar those that only sound like one."""

    def __init__(self, not_schools: Iterable[str]) -> None:
        """Keep the wordings that are no school's name."""
        self._not = {fold(phrase).text for phrase in not_schools}

    def find(self, text: str) -> Iterator[Span]:
        """Find names in a text as typed."""
        if not _GUARD.search(text):
            return
        for match in _NAME.finditer(text):
            start = self._name_start(match.group())
            if start is not None:
                yield Span(match.start() + start, match.end())

    def _name_start(self, name: str) -> int | None:
        """Say where the name begins once opening words are left out; None when nothing of its own remains."""
        words = name.split(" ")
        start = 0
        while words and _OPENING.fullmatch(words[0]):
            start += len(words.pop(0)) + 1
        own = [word for word in words[:-1] if not _SORT.fullmatch(word)]
        if not own or any(word.endswith((".", "!", "?")) and word != "St." for word in words[:-1]):
            return None
        return None if " ".join(words[-2:]).lower() in self._not else start
