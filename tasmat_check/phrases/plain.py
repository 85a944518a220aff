"""Phrases that are words alone, which most phrases of lexicons are."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from tasmat_check.phrases.triggers import FREQUENT_WORDS
from tasmat_check.wording import Word


class PlainPhrases:
    """Phrases made of words alone, in a table by first word: finding those that begin at a word costs one look-up."""

    __slots__ = ("_rests",)

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        """Take the phrases as keys, at least one each."""
        self._rests: dict[str, list[tuple[str, ...]]] = {}
        for first, *rest in phrases:
            self._rests.setdefault(first, []).append(tuple(rest))

    @property
    def first_keys(self) -> frozenset[str]:
        """The keys that a phrase begins with."""
        return frozenset(self._rests)

    @property
    def rarest_keys(self) -> frozenset[str]:
        """Of every phrase the key that fewest sentences hold."""
        return frozenset(min(phrase, key=FREQUENT_WORDS.__contains__) for phrase in self._phrases())

    def _phrases(self) -> Iterator[tuple[str, ...]]:
        yield from ((first, *rest) for first, rests in self._rests.items() for rest in rests)

    def ends(self, words: Sequence[Word], at: int) -> Collection[int]:
        """Give the ends of the phrases that begin at a word, wherever sentences end."""
        word = words[at]
        rests: Sequence[tuple[str, ...]] = self._rests.get(word.key, ())
        if word.stem != word.key:
            rests = (*rests, *self._rests.get(word.stem, ()))
        if not rests:
            return ()
        return {at + 1 + len(rest) for rest in rests if _follows(words, at + 1, rest)}


def _follows(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    if not rest:
        return True
    if at + len(rest) > len(words):
        return False
    return all(key in (word.key, word.stem) for key, word in zip(rest, words[at : at + len(rest)], strict=True))
