"""Recognizes the phrases of a pack's lexicons whose file name is an entity label (ORGANIZATION.txt)."""

from collections.abc import Iterable, Iterator, Mapping

from tasmat_check.models import Entity, Span
from tasmat_check.wording import Word, Wording, keys

_SCORE = 0.8


class ListedPhraseRecognizer:
    """Marks listed phrases, in any case, as entities of the label their lexicon is named by."""

    def __init__(self, lexicons: Mapping[str, Iterable[str]]) -> None:
        """Take all lexicons of a pack; those in lower case are word classes and none of this recognizer's business."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for label, phrases in lexicons.items():
            if label.isupper():
                for phrase in phrases:
                    first, *rest = keys(phrase)
                    self._phrases.setdefault(first, []).append((tuple(rest), label))

    def recognize(self, wording: Wording) -> Iterator[Entity]:
        """Yield every phrase found; overlapping ones are settled by the caller."""
        if not self._phrases:
            return
        words = wording.words
        for at, word in enumerate(words):
            for rest, label in self._beginning_with(word):
                following = words[at + 1 : at + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_is, rest, following)):
                    span = Span(word.start, (following or (word,))[-1].end)
                    yield Entity(label, span, wording.text[span.start : span.end], _SCORE)

    def _beginning_with(self, word: Word) -> Iterator[tuple[tuple[str, ...], str]]:
        for key in {word.key, word.stem}:
            yield from self._phrases.get(key, ())


def _is(key: str, word: Word) -> bool:
    return key in (word.key, word.stem)
