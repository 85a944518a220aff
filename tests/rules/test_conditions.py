"""What must stand near a rule's evidence, and what near it makes it innocent."""

from typing import Any

import pytest

from .samples import found

LEXICONS = {"negation": ["not", "n't", "never", "didnt", "no longer"], "film": ["film*", "on the telly"]}


@pytest.mark.parametrize(
    ("conditions", "text", "counts"),
    [
        # unless: the sentence of the evidence
        ({"unless": ["in a film"]}, "I hit him", True),
        ({"unless": ["in a film"]}, "I hit him in a film", False),
        ({"unless": ["in a film"]}, "In a film. I hit him", True),
        ({"unless": ["x", "{film}"]}, "I hit him in some films", False),
        ({"unless": ["<SCHOOL>"]}, "I hit him near [Oakwell|SCHOOL]", False),
        # unless_post: anywhere
        ({"unless_post": ["in a film"]}, "I hit him. Then lunch. It was in a film", False),
        ({"unless_post": ["in a film"]}, "I hit him. Then lunch", True),
        # needs: all of them, each by one phrase
        ({"needs": [{"any": ["at work", "at school"]}]}, "I hit him at school", True),
        ({"needs": [{"any": ["at work", "at school"]}]}, "I hit him. At school", False),
        ({"needs": [{"any": ["at work"]}, {"any": ["today"]}]}, "I hit him at work", False),
        ({"needs": [{"any": ["at work"]}, {"any": ["today"]}]}, "I hit him at work today", True),
        ({"needs": [{"any": ["^ ~1 work"]}]}, "At work I hit him", True),
        # reach
        ({"needs": [{"any": ["at work"], "reach": "neighbours"}]}, "At work. I hit him. Fun", True),
        ({"needs": [{"any": ["at work"], "reach": "neighbours"}]}, "I hit him. At work", True),
        ({"needs": [{"any": ["at work"], "reach": "neighbours"}]}, "At work. Fun. I hit him", False),
        ({"needs": [{"any": ["at work"], "reach": "neighbours"}]}, "I hit him. Fun. At work", False),
        ({"needs": [{"any": ["at work"], "reach": "post"}]}, "At work. Fun. More. I hit him", True),
        # negation: up to three words before
        ({"unless_negated": True}, "Not once I hit him", False),
        ({"unless_negated": True}, "Never in my life have I hit him", True),
        ({"unless_negated": True}, "Never have I hit him", False),
        ({"unless_negated": True}, "He says no longer did I hit him. I hit him", True),
        ({"unless_negated": True}, "Not. I hit him", True),
        ({"unless_negated": True}, "I hit him, not hard", True),
        ({"unless_negated": False}, "Not once I hit him", True),
    ],
)
def test_conditions_decide_whether_evidence_counts(conditions: dict[str, Any], text: str, counts: bool) -> None:
    match = {"kind": "phrase", "patterns": ["i hit him"], **conditions}
    assert bool(found(match, text, LEXICONS)) is counts


def test_conditions_are_asked_of_each_match() -> None:
    match = {"kind": "phrase", "patterns": ["i hit him"], "unless": ["kidding"]}
    assert found(match, "I hit him. I hit him, kidding. I HIT him") == ["I hit him", "I HIT him"]


def test_an_innocent_match_does_not_hide_a_shorter_one() -> None:
    match = {"kind": "phrase", "patterns": ["my class", "my class ~ today"], "needs": [{"any": ["my class"]}]}
    assert found(match, "my class is out today") == ["my class is out today"]
