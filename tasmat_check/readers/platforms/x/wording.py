"""Turns the text of a post on X back into what the person typed."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tasmat_check.readers.json_values import text_at

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_CHANGED = re.compile(r"&(?:amp|lt|gt|quot|#39);|(\s?)(https?://t\.co/\w+)")


def links_of(urls: Iterable[Mapping[str, Any]], short: str, long: str) -> dict[str, str]:
    """Give what each short link leads to, under the names that a file has for the two."""
    found = ((text_at(url, short), text_at(url, long)) for url in urls)
    return {link: target for link, target in found if link and target}


def typed(text: str, links: Mapping[str, str], added: Collection[str] = ()) -> str:
    """Undo what X did: write its short links out (`links`), take out those it `added` for pictures, undo entities.

    All in one pass, so that nothing is undone twice. The short links are found by themselves, since the places that
    the archive gives for them are counted in more than one way.
    """

    def undo(match: re.Match[str]) -> str:
        space, link = match.groups()
        if link is None:
            return _ENTITIES[match[0]]
        return "" if link in added else space + links.get(link, link)

    changed = _CHANGED.sub(undo, text)
    return changed.strip() if any(link in text for link in added) else changed
