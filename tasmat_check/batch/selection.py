"""Picks the posts of a batch that are wanted: of some time, or a sample."""

import random
from collections.abc import Iterable, Iterator
from datetime import date

from tasmat_check.models import Draft
from tasmat_check.readers import Intake

_SEED = 0
"""The same sample is drawn each time, so that a batch can be resumed and told about."""


def selected(
    drafts: Iterable[Draft], intake: Intake, since: date | None, until: date | None, sample: int | None
) -> Iterator[Draft]:
    """Yield the posts that went out from `since` to `until`, both included, or `sample` of them drawn by chance.

    Posts without a date, and what could not be read, are always wanted: nobody can say that they are not.
    """
    wanted = (draft for draft in drafts if _is_within(draft, intake, since, until))
    return wanted if sample is None else iter(_drawn(wanted, intake, sample))


def _is_within(draft: Draft, intake: Intake, since: date | None, until: date | None) -> bool:
    if draft.published is None or draft.skipped:
        return True
    day = draft.published.date()
    within = (since is None or day >= since) and (until is None or day <= until)
    if not within:
        intake.leave_out("posts of another time")
    return within


def _drawn(drafts: Iterable[Draft], intake: Intake, count: int) -> list[Draft]:
    """Draw `count` posts with equal chances (reservoir sampling, Vitter 1985, algorithm R), kept in their order."""
    chance = random.Random(_SEED)  # noqa: S311 - a sample, no secret
    drawn: list[tuple[int, Draft]] = []
    total = 0
    for draft in drafts:
        total += 1
        if len(drawn) < count:
            drawn.append((total, draft))
        elif (place := chance.randrange(total)) < count:
            drawn[place] = (total, draft)
    if total > count:
        intake.leave_out("posts that were not drawn for the sample", total - count)
    return [draft for _, draft in sorted(drawn, key=lambda each: each[0])]
