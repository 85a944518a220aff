"""What a file format's reader hands over, before it becomes a draft."""

from dataclasses import dataclass

from tasmat_check.models import Passage, Skipped


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one post, its named parts, its picture files, and what could not be read."""

    text: str = ""
    parts: tuple[Passage, ...] = ()
    images: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
