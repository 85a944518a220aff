"""Rules out, before any place is looked at, the phrases whose rarest part a sentence does not hold."""

from collections.abc import Callable

from tasmat_check.phrases import Beginning, Phrase, Signs
from tasmat_check.wording import keys

# Words so frequent that nearly every sentence holds some of them.
_FREQUENT = frozenset(
    keys(
        "a all an and are as at be been but by can did do does for from get go got had has have he her him his i if im "
        "in is it its just know like me my no not now of on one or our out she so that the their them then they this "
        "to up us was we were what when who will with you your"
    )
)
_VAGUE = 100


class Anchors:
    """For every phrase the part that fewest sentences hold, found by the words, lexicons and labels it needs."""

    def __init__(self, lexicons_beginning_with: Callable[[str], frozenset[str]]) -> None:
        """Learn which lexicons are as frequent as the words they begin with."""
        self._frequent_lexicons = frozenset[str]().union(*map(lexicons_beginning_with, _FREQUENT))
        self._by_sign: dict[str, list[int]] = {}
        self._anchored: set[int] = set()

    def add(self, phrase: Phrase) -> None:
        """Anchor a phrase at its rarest part, where it has one that certain signs give away."""
        anchor = min(phrase.requirements, key=self._frequency, default=None)
        if anchor is None or anchor.number or anchor.prefixes or id(phrase) in self._anchored:
            return
        self._anchored.add(id(phrase))
        for sign in (*anchor.keys, *map(_lexicon_sign, anchor.lexicons), *map(_label_sign, anchor.labels)):
            self._by_sign.setdefault(sign, []).append(id(phrase))

    def frequency_of_lexicons(self, names: frozenset[str]) -> int:
        """Tell how many of some lexicons begin with words that nearly every sentence holds."""
        return len(names & self._frequent_lexicons)

    def _frequency(self, part: Beginning) -> float:
        vague = _VAGUE if part.number or part.prefixes else 0
        frequent = len(part.keys & _FREQUENT) + self.frequency_of_lexicons(part.lexicons)
        return vague + frequent + len(part.keys) / 1000

    def ruled_out(self, signs: Signs) -> set[int]:
        """Give the phrases, by their object's id, whose anchor a sentence with these signs does not hold."""
        held: set[int] = set()
        for sign in (*signs.keys, *map(_lexicon_sign, signs.lexicons), *map(_label_sign, signs.labels)):
            held.update(self._by_sign.get(sign, ()))
        return self._anchored - held


def _lexicon_sign(name: str) -> str:
    return "{" + name


def _label_sign(label: str) -> str:
    return "<" + label
