"""Finds names that mean an organisation only in company: “teach at Saxon”, “SMS staff”, “the County Council”."""

import re
from collections.abc import Iterator

from tasmat_check.folding import Folded, fold
from tasmat_check.pack.organisation_file import Body, Vocabulary
from tasmat_check.recognizers.organisation.disguises import spelled, squeeze
from tasmat_check.recognizers.organisation.marks import Mark
from tasmat_check.recognizers.organisation.traps import Traps, alternatives

_REACH = 120
_LEADING_WORDS = "the|a|an|my|our|your|this|that|their|his|her|for|at|from|by|with|to|of|on|in|and|or|as|is"
_FREE = re.compile(rf"(?:^|[.!?,;:(\"\n]\s*|(?<!\w)(?:{_LEADING_WORDS})\s+)\Z")
_ANOTHERS = re.compile(r"(?<!\w)(?!(?:the|a|my|our)\s)[A-Z][a-z]+\s+\Z")
_ABBREVIATION = 4


class Hints:
    """The hints of one body with the words that make them sure."""

    def __init__(self, body: Body, words: Vocabulary, traps: Traps) -> None:
        """Compile the hints and generic names of a body."""
        self._names = {squeeze(fold(hint).text): hint for hint in body.hints}
        self._hints = re.compile(rf"(?<![\w#@])(?:{'|'.join(map(spelled, body.hints)) or '(?!)'})(?!\w)")
        self._generic = re.compile(rf"(?<!\w)(?:{alternatives(body.generic)})(?!\w)")
        work = alternatives(words.work)
        between = r"(?:[^\w.!?\n]+[\w']+){0,2}?[^\w.!?\n]+"
        self._work_at = re.compile(rf"(?<!\w)(?:{work}){between}(?:at|for|from|in|up at)\s+(?:the\s+)?\Z")
        self._at = re.compile(r"(?:\b(?:at|from|for|in|up)|@)\s+(?:the\s+)?\Z")
        self._beside = re.compile(rf"[\s-]+(?:{alternatives(words.beside)})(?!\w)")
        self._school = re.compile(rf"(?<!\w)(?:{alternatives(words.school)})(?!\w)")
        self._traps = traps

    def find(self, folded: Folded, original: str, named: bool) -> Iterator[Mark]:
        """Find hints in a folded text; `named` says that the text surely names the body elsewhere."""
        for match in self._hints.finditer(folded.text):
            score = self._score(folded, original, match, named)
            if score:
                yield Mark(match.start(), match.end(), score)
        yield from self._generic_names(folded, original)

    def _score(self, folded: Folded, original: str, match: re.Match[str], named: bool) -> float:
        text, start, end = folded.text, match.start(), match.end()
        name = self._names[squeeze(match.group())]
        written = original[folded.origins[start] : folded.origins[end - 1] + 1]
        abbreviation = name.isupper() and len(name) < _ABBREVIATION
        score = self._score_of_context(
            text, start, end, named and name.isupper(), abbreviation and not written.isupper()
        )
        return 0.0 if score and self._traps.spring(name, folded, start, end, original) else score

    def _score_of_context(self, text: str, start: int, end: int, named: bool, doubtful: bool) -> float:
        before = text[max(start - 48, 0) : start]
        at = self._at.search(before)
        if at and self._work_at.search(before):
            return 0.7
        if doubtful:
            return 0.0
        if self._beside.match(text, end):
            return 0.7
        if named:
            return 0.6
        return 0.5 if at and self._school_near(text, start, end) else 0.0

    def _school_near(self, text: str, start: int, end: int) -> bool:
        near = (text[max(start - _REACH, 0) : start], text[end : end + _REACH])
        return any(self._school.search(part) for part in near)

    def _generic_names(self, folded: Folded, original: str) -> Iterator[Mark]:
        matches = list(self._generic.finditer(folded.text))
        if any(
            _ANOTHERS.search(original[max(folded.origins[m.start()] - 30, 0) : folded.origins[m.start()]])
            for m in matches
        ):
            return
        for match in matches:
            if _FREE.search(folded.text[max(match.start() - 12, 0) : match.start()]):
                yield Mark(match.start(), match.end(), 0.6)
