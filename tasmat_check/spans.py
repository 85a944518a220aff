"""Settles which of many overlapping stretches of a text stand: first come, first served."""

from bisect import bisect_left, insort

from tasmat_check.models import Span


class Claims:
    """Stretches of one text that have been claimed; none overlaps another, so a claim costs a binary search."""

    def __init__(self) -> None:
        self._claimed: list[tuple[int, int]] = []

    def claim(self, span: Span) -> bool:
        """Take a stretch unless part of it is taken; says whether it could be."""
        place = bisect_left(self._claimed, (span.start, span.end))
        if place and self._claimed[place - 1][1] > span.start:
            return False
        if place < len(self._claimed) and self._claimed[place][0] < span.end:
            return False
        insort(self._claimed, (span.start, span.end))
        return True
