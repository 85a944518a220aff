"""Folds the many ways a letter can be typed into one, with a map back to the original text.

Invisible characters vanish, look-alike letters of other alphabets and styled letters become plain ones, accents
are dropped, quotes are straightened, and case is folded. Digits that stand for letters are left alone: which
letter `1` means depends on the word, so that is the reader's business (see recognizers).
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tasmat_check.models import Span

# Letters that pass for plain ones on a screen (a selection from Unicode's confusables, UTS #39).
_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁһԛԝвкмнтӏ", "aeopcyxijsdhqwbkmhtl", strict=True)),
        **dict(zip("οαερτυνκι", "oaeptuvki", strict=True)),
        **dict(zip("ɡıłøđħ", "gilodh", strict=True)),
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("–—‐‑‒―−", "-"),
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `origins[i]` is where its i-th character began in the original, one entry more for the end."""

    text: str
    origins: Sequence[int]

    def original(self, start: int, end: int) -> Span:
        """Give the stretch of the original text that a folded stretch came from; empty stretches stay empty."""
        if end <= start:
            return Span(self.origins[start], self.origins[start])
        return Span(self.origins[start], self.origins[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold a text, keeping for every character where it came from."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), range(len(text) + 1))
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        folded = _fold_character(character)
        characters.append(folded)
        origins.extend([index] * len(folded))
    origins.append(len(text))
    return Folded("".join(characters), origins)


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character.isascii():
        return "'" if character == "`" else character.lower()
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or character in "\u115f\u1160\u3164\uffa0":
        return ""
    plain = character.casefold().translate(_LOOK_ALIKES)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return bare.casefold().translate(_LOOK_ALIKES)
