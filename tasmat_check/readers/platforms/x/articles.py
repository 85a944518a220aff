"""Articles of X: a title, and a text in sections whose shape has changed and is not documented."""

import json
from collections.abc import Iterator

from tasmat_check.models import Passage
from tasmat_check.readers.exports import Post
from tasmat_check.readers.json_values import text_at, value_at

_WRAPPERS = ("article", "twitterArticle")


def read_article(item: object) -> Post | str:
    """Read one item of a file of articles, or say why it cannot be read."""
    article = next((inner for key in _WRAPPERS if (inner := value_at(item, key))), item)
    text = "\n\n".join(_sections(_unpacked(value_at(article, "data"))))
    title = text_at(article, "title")
    if not text.strip():
        return "the words of this article were not found"
    return Post(text, text_at(article, "id"), parts=(Passage(title, "title"),) if title.strip() else ())


def _unpacked(data: object) -> object:
    if not isinstance(data, str):
        return data
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return {"text": data}


def _sections(content: object) -> Iterator[str]:
    """Yield the texts of the sections in order; what a section holds beside its text repeats words of it."""
    waiting = [content]
    while waiting:
        match waiting.pop():
            case {"text": str(text)}:
                yield text
            case dict(inner):
                waiting.extend(reversed(inner.values()))
            case list(inner):
                waiting.extend(reversed(inner))
