"""Tells from the wording whose a contact detail or another entity is.

A cue is a phrase of one of the lexicons owner-author, owner-pupil … ("call me on", "her mum's number"). The nearest
cue of the sentence decides, a cue before the entity before one after it at the same distance.
"""

from tasmat_check.models import Entity
from tasmat_check.pack.rule_file import OWNER_CUES, Owner
from tasmat_check.rules.reading import Reading

_REACH = 20
"""Words from an entity beyond which a cue in its sentence is about something else."""


def owner_of(entity: Entity, reading: Reading) -> Owner:
    """Name the owner of an entity: school when it holds a school's name, else what the nearest cue says."""
    words = reading.wording.words_in(entity.span)
    if not words:
        return "unknown"
    if any(reading.entity_ends("SCHOOL", "", at) for at in words):
        return "school"
    best: tuple[int, int] | None = None
    owner: Owner = "unknown"
    for candidate, lexicon in OWNER_CUES.items():
        distance = _nearest(reading, words, lexicon)
        if distance is not None and (best is None or distance < best):
            best, owner = distance, candidate
    return owner


def _nearest(reading: Reading, words: range, lexicon: str) -> tuple[int, int] | None:
    """Give the distance in words to the nearest cue, and whether it follows the entity."""
    distances: list[tuple[int, int]] = []
    sentence = reading.sentence(words.start)
    for at in range(max(sentence.start, words.start - _REACH), min(sentence.stop, words.stop + _REACH)):
        for end in reading.lexicon_ends(lexicon, at):
            if end <= words.start:
                distances.append((words.start - end, 0))
            elif at >= words.stop:
                distances.append((at - words.stop, 1))
            else:
                distances.append((0, 0))
    return min(distances, default=None)
