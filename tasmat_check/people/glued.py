"""Reads names glued together: #WellDoneZosiaKowalczyk, @zofiakowalczyk."""

import re
from collections.abc import Iterator, Sequence

from tasmat_check.folding import Folded, fold
from tasmat_check.models import Span
from tasmat_check.people.hits import Hit
from tasmat_check.people.index import NameIndex
from tasmat_check.people.lone import LoneReader
from tasmat_check.people.surroundings import Surroundings
from tasmat_check.people.variants import Use
from tasmat_check.wording import Word

_LONGEST = 80
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class GluedReader:
    """Finds full names inside a single long word, and lone names as one piece of a tag in camel case."""

    def __init__(self, index: NameIndex, lone: LoneReader) -> None:
        self._index = index
        self._lone = lone
        self._shortest = min(map(len, index.joined), default=0)
        self._longest = max(map(len, index.joined), default=0)

    @staticmethod
    def is_tag(around: Surroundings, word: Word) -> bool:
        """Say whether a word is a hashtag or handle, or glued by underscores or a last capital (ZofiaK)."""
        if (
            (word.start > 0 and around.text[word.start - 1] in "#@＃＠")
            or "_" in word.key
            or around.text[word.end : word.end + 1] == "@"
        ):
            return True
        return around.text[word.end - 1].isupper() and around.text[word.end - 2].islower()

    def read(self, around: Surroundings, index: int) -> Hit | None:
        """Find the longest full name glued together in a word."""
        word = around.words[index]
        people = self._index.joined.get(word.stem)
        if people:
            return Hit(index, index + 1, people, 0.9)
        if not self.is_tag(around, word) or word.end - word.start > _LONGEST:
            return None
        if people := self._index.handles.get(word.stem.strip("_0123456789")):
            return Hit(index, index + 1, people, 0.75)
        return self._inside(around, index) or self._piece(around, index)

    def _inside(self, around: Surroundings, index: int) -> Hit | None:
        word = around.words[index]
        bare = _letters(fold(around.text[word.start : word.end]))
        text = bare.text
        for length in range(min(self._longest, len(text)), self._shortest - 1, -1):
            for start in range(len(text) - length + 1):
                if people := self._index.joined.get(text[start : start + length]):
                    span = bare.original(start, start + length)
                    return Hit(index, index + 1, people, 0.85, (word.start + span.start, word.start + span.end))
        return None

    def _piece(self, around: Surroundings, index: int) -> Hit | None:
        """Find a forename with an initial (zofia_k, ZofiaK), or a lone name of its own among other pieces."""
        word = around.words[index]
        pieces = list(_pieces(around.text, word))
        for position, (piece, span) in enumerate(pieces):
            people = self._index.forenames.bearers(piece, Use.ALONE)
            if not people or len(piece) < 3:
                continue
            following = pieces[position + 1][0] if position + 1 < len(pieces) else ""
            if len(following) == 1 and (both := self._index.with_initial(people, following, of_surname=True)):
                return Hit(index, index + 1, both, 0.8, (span.start, pieces[position + 1][1].end))
            if len(pieces) > 1 and (score := self._lone.weigh_piece(around, index, piece, people)):
                return Hit(index, index + 1, people, score, (span.start, span.end))
        return self._surname_piece(index, pieces)

    def _surname_piece(self, index: int, pieces: Sequence[tuple[str, Span]]) -> Hit | None:
        """Find a surname among the pieces: as often a relative's handle as the person's own."""
        for piece, span in pieces:
            people = self._index.surnames.bearers(piece, Use.ALONE)
            if people and len(piece) > 4 and len(pieces) > 1 and not self._lone.doubtful(piece):
                return Hit(index, index + 1, people, 0.5, (span.start, span.end))
        return None


def _letters(folded: Folded) -> Folded:
    kept = [position for position, character in enumerate(folded.text) if character.isalnum()]
    origins = [folded.origins[position] for position in kept]
    return Folded("".join(folded.text[position] for position in kept), [*origins, folded.origins[-1]])


def _pieces(text: str, word: Word) -> Iterator[tuple[str, Span]]:
    """Split a word at capitals and underscores; accents are folded piece by piece, which keeps places exact."""
    plain = "".join(_plain(character) for character in text[word.start : word.end])
    for match in _PIECE.finditer(plain):
        yield match.group().lower(), Span(word.start + match.start(), word.start + match.end())


def _plain(character: str) -> str:
    letter = fold(character).text[:1] or "_"
    return letter.upper() if character.isupper() else letter
