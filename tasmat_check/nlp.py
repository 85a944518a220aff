"""Builds spaCy pipelines; nothing else in the program does.

Importing spaCy takes most of a second, so it happens when the first pipeline is wanted.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from tasmat_check.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

# What a stock English pipeline holds beside the name recognizer and the vectors it reads.
_NOT_NEEDED = ("tagger", "parser", "senter", "lemmatizer", "attribute_ruler", "morphologizer", "textcat")

# A document needs about 1 MB for every 1,000 characters while it is read; longer texts are handed over in pieces.
_LONGEST = 2_000
_BATCH_SIZE = 64


@cache
def load(model: str) -> "Language":
    """Load an installed pipeline with no more than its name recognizer needs.

    `model` is the name of an installed package, never of a download. Raises ModelError when it is not installed,
    does not load, or recognizes no names.
    """
    import spacy

    try:
        pipeline = spacy.load(model, exclude=_NOT_NEEDED)
    except OSError as error:
        raise ModelError(model, "no spaCy pipeline of this name is installed") from error
    except (ImportError, ValueError, KeyError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ModelError(model, f"the pipeline does not load ({reason})") from error
    if "ner" not in pipeline.pipe_names:
        raise ModelError(model, "the pipeline has no name recognizer (a component called ner)")
    return pipeline


@cache
def tokenizer() -> "Tokenizer":
    """Give spaCy's English tokenizer, on which token rules are matched; it needs no installed pipeline."""
    import spacy

    return spacy.blank("en").tokenizer


def read(pipeline: "Language", texts: Iterable[str]) -> "Iterator[Doc]":
    """Run a pipeline over short texts, in order and in bounded batches."""
    return pipeline.pipe(texts, batch_size=_BATCH_SIZE)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch of a text into parts short enough for a pipeline, at white space where there is any."""
    while end - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST)) + 1
        if cut <= start:
            cut = start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
