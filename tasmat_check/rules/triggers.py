"""An index from words, lexicons and entity labels to whatever begins with them, or hangs on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tasmat_check.phrases import Beginning

REMEMBERED_KEYS = 50_000
"""How many words an index remembers its answers for: more than a person uses, few enough for flat memory."""

_PREFIX_LENGTH = 3


@dataclass
class TriggerIndex:
    """Finds which of many values may begin at a word, without trying each."""

    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_prefix: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    by_label: dict[str, list[int]] = field(default_factory=dict)
    by_lexicon: dict[str, list[int]] = field(default_factory=dict)
    by_number: list[int] = field(default_factory=list)
    anywhere: list[int] = field(default_factory=list)

    def add(self, beginning: Beginning, value: int) -> None:
        """Remember that a value may begin so."""
        for key in beginning.keys:
            self.by_key.setdefault(key, []).append(value)
        for prefix in beginning.prefixes:
            self.by_prefix.setdefault(prefix[:_PREFIX_LENGTH], []).append((prefix, value))
        for name in beginning.lexicons:
            self.by_lexicon.setdefault(name, []).append(value)
        for label in beginning.labels:
            self.by_label.setdefault(label, []).append(value)
        if beginning.number:
            self.by_number.append(value)
        if beginning.anywhere:
            self.anywhere.append(value)

    def begins_with(self, key: str) -> Iterator[int]:
        """Give the values that may begin with a word of this key, lexicons and entities aside."""
        yield from self.anywhere
        yield from self.by_key.get(key, ())
        for length in range(1, min(len(key), _PREFIX_LENGTH) + 1):
            for prefix, value in self.by_prefix.get(key[:length], ()):
                if key.startswith(prefix):
                    yield value
        if self.by_number and key[0].isdigit():
            yield from self.by_number
