"""Finds, by a word, lexicon or label, everything that has it for a trigger."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

from tasmat_check.phrases import Trigger
from tasmat_check.wording import Word

_REMEMBERED_KEYS = 50_000
_PREFIX_LENGTH = 3

_Answer = TypeVar("_Answer")
_Member = TypeVar("_Member", bound=Hashable)


class _Remembered(dict[str, _Answer]):
    # No lru_cache: the garbage collector walks through its entries again and again.
    def __init__(self, answer: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: str) -> _Answer:
        found = self._answer(key)
        if len(self) < _REMEMBERED_KEYS:
            self[key] = found
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._answer,)  # what is kept of rules are the questions, not the answers


def remembered(answer: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Remember what is answered about keys: about more words than a person uses, yet few enough for flat memory."""
    return _Remembered(answer).__getitem__


def of_word(answer: Callable[[str], frozenset[_Member]], word: Word) -> frozenset[_Member]:
    """Join what is answered about a word's key and, for a possessive, about its stem."""
    found = answer(word.key)
    return found if word.stem == word.key else found | answer(word.stem)


class TriggerIndex(Generic[_Member]):
    """Tells which of many things a word, lexicon or label triggers, without trying each.

    `triggered_by` answers for a word's key, lexicons and labels aside. Add everything before asking: answers are
    remembered.
    """

    def __init__(self) -> None:
        self.by_label: dict[str, list[_Member]] = {}
        self.by_lexicon: dict[str, list[_Member]] = {}
        self._by_key: dict[str, list[_Member]] = {}
        self._by_prefix: dict[str, list[tuple[str, _Member]]] = {}
        self._by_number: list[_Member] = []
        self._anywhere: list[_Member] = []
        self.triggered_by = remembered(self._all_triggered)

    def add(self, trigger: Trigger, member: _Member) -> None:
        """Put a thing under every word, lexicon and label of its trigger."""
        for key in trigger.keys:
            self._by_key.setdefault(key, []).append(member)
        for prefix in trigger.prefixes:
            self._by_prefix.setdefault(prefix[:_PREFIX_LENGTH], []).append((prefix, member))
        for name in trigger.lexicons:
            self.by_lexicon.setdefault(name, []).append(member)
        for label in trigger.labels:
            self.by_label.setdefault(label, []).append(member)
        if trigger.number:
            self._by_number.append(member)
        if trigger.anywhere:
            self._anywhere.append(member)

    def _all_triggered(self, key: str) -> frozenset[_Member]:
        # Not a function without a name, which could not be kept (pack/keeping.py).
        return frozenset(self._triggered(key))

    def _triggered(self, key: str) -> Iterator[_Member]:
        yield from self._anywhere
        yield from self._by_key.get(key, ())
        for length in range(1, min(len(key), _PREFIX_LENGTH) + 1):
            for prefix, member in self._by_prefix.get(key[:length], ()):
                if key.startswith(prefix):
                    yield member
        if self._by_number and key[0].isdigit():
            yield from self._by_number
