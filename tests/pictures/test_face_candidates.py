"""Telling which boxes show the same face, how sure it is, and where to look more closely."""

import pytest

from tasmat_check.models import SURE, Box
from tasmat_check.pictures.face_candidates import Candidate, Look, confirmed, settle, surroundings

FACE = Candidate(100, 100, 200, 220, 0.85)
HINT = FACE._replace(left=90, score=0.25)
ELSEWHERE = Candidate(400, 100, 500, 220, 0.95)


def score(candidate: Candidate, *looks: Look) -> float:
    (found,) = confirmed([candidate], looks)
    assert found[:4] == candidate[:4]
    return found.score


@pytest.mark.parametrize(("scale", "sure"), [(0.159, True), (0.16, False), (0.5, False), (3.0, False), (3.01, True)])
def test_a_face_that_a_copy_ought_to_show_and_does_not_is_only_possible(scale: float, sure: bool) -> None:
    seen = score(FACE, Look(1, [FACE]), Look(scale, [ELSEWHERE]))
    assert seen == (0.85 if sure else pytest.approx(SURE - 0.01))


def test_a_hint_in_every_copy_confirms_a_face() -> None:
    assert score(FACE, Look(1, [FACE]), Look(0.5, [ELSEWHERE, HINT])) == 0.85


def test_a_large_box_round_a_face_does_not_confirm_it() -> None:
    assert score(FACE, Look(1, [FACE]), Look(0.5, [Candidate(0, 0, 600, 600, 0.5)])) < SURE


@pytest.mark.parametrize("certainty", [0.9, 0.95, 0.7])
def test_very_sure_faces_and_possible_ones_stay_as_they_are(certainty: float) -> None:
    assert score(FACE._replace(score=certainty), Look(0.5, [])) == certainty


def test_the_surest_of_one_face_stays_and_neighbours_do_too() -> None:
    part = Candidate(110, 110, 150, 150, 0.7)
    assert settle([part, HINT, ELSEWHERE, FACE]) == [ELSEWHERE, FACE]


def test_surroundings_end_at_the_edge_and_do_not_overlap() -> None:
    faces = [Candidate(10, 20, 20, 32, 0.3), Candidate(500, 300, 510, 310, 0.3), Candidate(540, 300, 550, 310, 0.3)]
    assert surroundings(faces, 1_000, 320) == [Box(0, 0, 44, 56), Box(480, 280, 570, 320)]


@pytest.mark.parametrize(("left", "top"), [(130, 50), (50, 125), (-40, 50), (50, -40)])
def test_a_candidate_far_beyond_the_edge_has_no_surroundings(left: float, top: float) -> None:
    assert surroundings([Candidate(left, top, left + 10, top + 10, 0.3)], 100, 100) == []


def test_a_face_between_two_others_joins_their_surroundings() -> None:
    faces = [Candidate(left, 100, left + 10, 110, 0.3) for left in (100, 180, 140)]
    assert surroundings(faces, 1_000, 1_000) == [Box(80, 80, 210, 130)]
