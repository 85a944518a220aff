"""What the matcher's readers hand over to it."""

from typing import NamedTuple

from tasmat_check.people.index import People


class Hit(NamedTuple):
    """People seen from word `first` up to word `stop`; `within` is the stretch when not whole words."""

    first: int
    stop: int
    people: People
    score: float
    within: tuple[int, int] | None = None
