"""Turns the texts in a picture's hidden data into passages that rules can read, each text once."""

import re
from collections.abc import Iterable, Iterator

from tasmat_check.models import FoundIn, Passage
from tasmat_check.pictures.hidden_data import HiddenData

_SAYS_NO_OWNER = frozenset({"c", "copyright", "all", "rights", "reserved", "by", "photo", "image", "uk"})


def passages(hidden: HiddenData, image: str) -> Iterator[Passage]:
    """Give what the fields say; a text that stands in several fields counts where it says most.

    A copyright notice that names the picture's own author is left out: it says no more than that the camera's owner
    took it.
    """
    device = (("device", hidden.device),) if hidden.device else ()
    of_others = _of_others(hidden)
    fields: tuple[tuple[FoundIn, Iterable[tuple[str, str]]], ...] = (
        ("tag", hidden.shown),
        ("copyright", of_others),
        ("hidden", (*hidden.texts, *hidden.authors, *device)),
    )
    told = {text for _, text in hidden.copyright}.difference(text for _, text in of_others)
    for found_in, pairs in fields:
        for source, text in pairs:
            if text not in told:
                told.add(text)
                yield Passage(text, f"{source} of {image}", image=image, source=source, found_in=found_in)


def _of_others(hidden: HiddenData) -> list[tuple[str, str]]:
    own = {word for _, author in hidden.authors for word in _words(author)}
    return [(source, notice) for source, notice in hidden.copyright if _words(notice) - own]


def _words(text: str) -> set[str]:
    """Give a notice's words that can name an owner."""
    return set(re.findall(r"[^\W\d_]+", text.casefold())) - _SAYS_NO_OWNER
