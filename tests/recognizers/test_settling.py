"""Settling: overlapping readings of the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.settling import settle

Seen = tuple[str, int, int, float]


def entities(seen: list[Seen]) -> list[Entity]:
    return [Entity(label, Span(start, end), "x" * (end - start), score) for label, start, end, score in seen]


def kept(seen: list[Seen]) -> list[tuple[str, int, int]]:
    return [(entity.label, entity.span.start, entity.span.end) for entity in settle(entities(seen))]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([], []),
        # the surest wins, then the longest
        ([("PERSON", 0, 5, 0.6), ("LOCATION", 0, 5, 0.9)], [("LOCATION", 0, 5)]),
        ([("PERSON", 0, 9, 0.6), ("LOCATION", 3, 5, 0.9)], [("LOCATION", 3, 5)]),
        ([("PERSON", 0, 5, 0.8), ("LOCATION", 0, 9, 0.8)], [("LOCATION", 0, 9)]),
        ([("PERSON", 0, 5, 0.8), ("PERSON", 3, 8, 0.8)], [("PERSON", 0, 5)]),
        # a loser frees no place twice, and neighbours do not overlap
        ([("PERSON", 0, 5, 0.7), ("LOCATION", 4, 9, 0.9), ("PERSON", 8, 12, 0.8)], [("LOCATION", 4, 9)]),
        ([("PERSON", 5, 9, 0.7), ("LOCATION", 0, 5, 0.9)], [("LOCATION", 0, 5), ("PERSON", 5, 9)]),
        # what holds something, and whose it is, can both be true of the same words
        (
            [("EMAIL_ADDRESS", 0, 20, 0.9), ("SCHOOL", 4, 11, 0.7), ("PERSON", 0, 3, 0.6)],
            [("PERSON", 0, 3), ("EMAIL_ADDRESS", 0, 20), ("SCHOOL", 4, 11)],
        ),
        (
            [("STREET_ADDRESS", 0, 30, 0.9), ("UK_POSTCODE", 22, 30, 0.8)],
            [("STREET_ADDRESS", 0, 30), ("UK_POSTCODE", 22, 30)],
        ),
        ([("EMAIL_ADDRESS", 0, 20, 0.9), ("URL", 4, 20, 0.8)], [("EMAIL_ADDRESS", 0, 20)]),
        ([("SCHOOL", 0, 7, 0.9), ("ORGANIZATION", 0, 13, 0.8)], [("SCHOOL", 0, 7)]),
        ([("PHONE_NUMBER", 0, 12, 0.9), ("UK_NHS", 0, 12, 0.8)], [("PHONE_NUMBER", 0, 12)]),
    ],
)
def test_one_entity_a_thing(seen: list[Seen], expected: list[tuple[str, int, int]]) -> None:
    assert kept(seen) == expected
    assert kept(seen[::-1]) == expected


_SEEN = st.tuples(
    st.sampled_from(["PERSON", "SCHOOL", "URL", "PHONE_NUMBER"]),
    st.integers(0, 20),
    st.integers(1, 8),
    st.sampled_from([0.5, 0.7, 0.9]),
).map(lambda seen: (seen[0], seen[1], seen[1] + seen[2], seen[3]))


@given(st.lists(_SEEN, max_size=12))
def test_the_kept_ones_never_overlap_and_every_dropped_one_has_a_surer_rival(seen: list[Seen]) -> None:
    given_entities = entities(seen)
    left = settle(given_entities)
    layers = {"PERSON": 0, "PHONE_NUMBER": 0, "SCHOOL": 1, "URL": 2}
    for index, entity in enumerate(left):
        for other in left[index + 1 :]:
            assert layers[entity.label] != layers[other.label] or not entity.span.overlaps(other.span)
    for entity in given_entities:
        rivals = [other for other in left if layers[other.label] == layers[entity.label]]
        assert any(other.span.overlaps(entity.span) and other.score >= entity.score for other in rivals)
