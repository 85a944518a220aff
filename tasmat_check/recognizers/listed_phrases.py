"""Recognizes the phrases of a pack's lexicons whose file name is an entity label (ORGANIZATION.txt)."""

from collections.abc import Iterable, Iterator, Mapping

from tasmat_check.models import Entity, Span
from tasmat_check.phrases import PlainPhrases
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording, keys

_SCORE = 0.8


class ListedPhraseRecognizer:
    """Marks listed phrases, in any case, as entities of the label their lexicon is named by."""

    def __init__(self, lexicons: Mapping[str, Iterable[str]]) -> None:
        """Take all lexicons of a pack; those in lower case are word classes and none of this recognizer's business."""
        self._phrases = {
            label: PlainPhrases(map(keys, phrases)) for label, phrases in lexicons.items() if label.isupper()
        }

    def recognize(self, wording: Wording) -> Iterator[Entity]:
        """Yield every phrase found; overlapping ones are settled by the caller."""
        words = wording.words
        for label, phrases in self._phrases.items():
            for at, word in enumerate(words):
                for end in phrases.ends(words, at):
                    yield entity_at(wording, label, Span(word.start, words[end - 1].end), _SCORE)
