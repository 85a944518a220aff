"""Rules out, before any place is looked at, the patterns whose rarest part a sentence does not hold."""

from tasmat_check.phrases import Beginning, Phrase, Signs
from tasmat_check.rules.lexicons import Lexicons
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
    """For every pattern the part that fewest sentences hold, found by the words, lexicons and labels it needs."""

    def __init__(self, lexicons: Lexicons) -> None:
        """Learn which lexicons are as frequent as the words they begin with."""
        self._frequent_lexicons = frozenset().union(*map(lexicons.beginning_with, _FREQUENT))
        self._by_sign: dict[str, list[int]] = {}
        self._unanchored: set[int] = set()

    def add(self, phrase: Phrase, number: int) -> None:
        """Anchor a pattern at its rarest part."""
        anchor = min(phrase.requirements, key=self._frequency, default=None)
        if anchor is None or anchor.number or anchor.prefixes:
            self._unanchored.add(number)
            return
        for sign in (*anchor.keys, *map(_lexicon_sign, anchor.lexicons), *map(_label_sign, anchor.labels)):
            self._by_sign.setdefault(sign, []).append(number)

    def _frequency(self, part: Beginning) -> float:
        vague = _VAGUE if part.number or part.prefixes else 0
        frequent = len(part.keys & _FREQUENT) + len(part.lexicons & self._frequent_lexicons)
        return vague + frequent + len(part.keys) / 1000

    def allowed(self, signs: Signs) -> set[int]:
        """Give the patterns whose anchor a sentence holds."""
        found = set(self._unanchored)
        for sign in (*signs.keys, *map(_lexicon_sign, signs.lexicons), *map(_label_sign, signs.labels)):
            found.update(self._by_sign.get(sign, ()))
        return found


def _lexicon_sign(name: str) -> str:
    return "{" + name


def _label_sign(label: str) -> str:
    return "<" + label
