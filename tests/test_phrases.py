"""The phrase language: what patterns match, and how it says that one makes no sense."""

from collections.abc import Mapping, Sequence
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasmat_check.models import Entity, Passage, Person, Skipped, Span
from tasmat_check.pack.rule_file import Rule
from tasmat_check.phrases import EntityClass, LexiconClass, Phrase, parse, plain_keys
from tasmat_check.rules import RuleSet
from tasmat_check.rules.lexicons import Lexicons
from tasmat_check.rules.matches import longest
from tasmat_check.rules.reading import Reading
from tasmat_check.wording import Wording

LEXICONS: Mapping[str, Sequence[str]] = {
    "animal": ("dog", "polar bear", "bear cub", "cat*"),
    "colour": ("red", "dark ({shade}|grey)"),
    "shade": ("blue", "sea green"),
    "negation": ("not",),
}
TEXT = "My friend Sam Oakley teaches at Oakwell School."
ENTITIES = (
    Entity("PERSON", Span(10, 20), "Sam Oakley", 0.9, Person("Sam", "Oakley", role="pupil")),
    Entity("SCHOOL", Span(32, 46), "Oakwell School", 0.9),
)


def found(pattern: str, text: str, entities: Sequence[Entity] = ()) -> list[str]:
    return [text[span.start : span.end] for span in _spans(pattern, text, entities)]


def _spans(pattern: str, text: str, entities: Sequence[Entity] = ()) -> list[Span]:
    match = {"kind": "phrase", "patterns": [pattern]}
    texts = {"message": "m", "why": "w", "fix": "f"}
    rule = Rule.model_validate({"id": "sample", "clauses": ["1.1"], "level": "breach", "match": match, **texts})
    spans = []
    for result in RuleSet([rule], LEXICONS).find(Passage(text), Wording(text), entities):
        assert not isinstance(result, Skipped)
        spans.append(result.span)
    return spans


@pytest.mark.parametrize(
    ("pattern", "text", "evidence"),
    [
        # words
        ("i work here", "Yes, I WORK here!", ["I WORK here"]),
        ("i work here", "I work there", []),
        ("i dont care", "I don't care. I dont care.", ["I don't care", "I dont care"]),
        ("sam", "Sam's mum", ["Sam's"]),
        ("half term", "half-term", ["half-term"]),
        # beginnings of words
        ("teach*", "A teacher teaches", ["teacher", "teaches"]),
        ("up*", "so upset", ["upset"]),
        ("a*", "an oak", ["an"]),
        ("teach*", "He can teac", []),
        ("f***", "f*** off", ["f***"]),
        # lexicons, one inside another
        ("my {animal}", "my polar bear and my dog", ["my polar bear", "my dog"]),
        ("{animal}", "polar bear cub", ["polar bear"]),
        ("{animal} sat", "caterpillar sat", ["caterpillar sat"]),
        ("{colour} paint", "dark sea green paint, red paint", ["dark sea green paint", "red paint"]),
        ("{shade}", "green", []),
        # choices
        ("(a|one of the) pupil*", "one of the pupils, a pupil", ["one of the pupils", "a pupil"]),
        ("my (lovely|naughty class|naughty) class", "my naughty class class", ["my naughty class class"]),
        ("my (new|old)? class", "my class, my old class", ["my class", "my old class"]),
        ("my new? class", "my class, my new class, my old class", ["my class", "my new class"]),
        ("my {colour}? class", "my red class", ["my red class"]),
        ("(my|our) ((very )? best|worst) class", "our very best class", ["our very best class"]),
        # gaps
        ("my ~2 class", "my class, my a b class, my a b c class", ["my class", "my a b class"]),
        ("my ~ class", "my a b c class. my a b c d class", ["my a b c class"]),
        ("my ~2", "my dear old friend", ["my dear old"]),
        ("my ~12", "my end. Another", ["my end"]),
        ("~2 class", "the new class", ["the new class"]),
        ("(~1 old|new)", "so old, new", ["so old", "new"]),
        ("^ ~1 class", "My class. The new class", ["My class"]),
        # numbers
        ("year #", "year 7, year seven, year 10B", ["year 7", "year 10B"]),
        # the edges of a sentence
        ("^ add me", "add me. Please add me", ["add me"]),
        ("add me $", "add me now. Please add me", ["add me"]),
        ("add ~5 $", "add me", ["add me"]),
        ("i quit (today|$)", "I quit today", ["I quit today"]),
        ("i quit (today|$)", "So I quit", ["I quit"]),
        ("i quit (today|$)", "I quit. Bye", ["I quit"]),
        ("i quit (today|$)", "I quit smoking", []),
        # sentences are never crossed
        ("my ~12 class", "my friend. The class", []),
        ("polar bear", "polar. bear", []),
        ("{animal}", "a polar\nbear", []),
        ("my (old )? {animal}", "my! dog", []),
    ],
)
def test_patterns_match(pattern: str, text: str, evidence: list[str]) -> None:
    assert found(pattern, text) == evidence


@pytest.mark.parametrize(
    ("pattern", "evidence"),
    [
        ("<PERSON>", ["Sam Oakley"]),
        ("<PERSON> teaches", ["Sam Oakley teaches"]),
        ("<PERSON:pupil> teaches", ["Sam Oakley teaches"]),
        ("<PERSON:listed> teaches", ["Sam Oakley teaches"]),
        ("<PERSON:unlisted> teaches", []),
        ("<PERSON:parent> teaches", []),
        ("teaches at <SCHOOL>", ["teaches at Oakwell School"]),
        ("<PERSON> ~3 <SCHOOL>", ["Sam Oakley teaches at Oakwell School"]),
        ("<SCHOOL> <PERSON>", []),
        ("<EMAIL_ADDRESS>", []),
        ("(<SCHOOL>|<PERSON>) teaches", ["Sam Oakley teaches"]),
    ],
)
def test_patterns_match_entities(pattern: str, evidence: list[str]) -> None:
    assert found(pattern, TEXT, ENTITIES) == evidence


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "must begin with a word"),
        ("   ", "must begin with a word"),
        ("…", "must begin with a word"),
        ("\u3164", "must begin with a word"),
        ("~3", "must begin with a word"),
        ("^ ~3 $", "must begin with a word"),
        ("(my)? class? ^", "must begin with a word"),
        ("my (class", "“my (class”: a “(” is never closed"),
        ("my class)", "“my class)” has a “)” too many"),
        ("my | your", "“my | your” has a “|” too many"),
        ("my (a|)", "a choice has an empty option"),
        ("my ()", "a choice has an empty option"),
        ("my (…|b)", "a choice has an empty option"),
        ("? my", "“?” has nothing before it"),
        ("my (?a)", "“?” has nothing before it"),
        ("my class??", "“?” stands twice"),
        ("my ~0 class", "a gap is 1 to 12 words, not 0"),
        ("my ~13 class", "a gap is 1 to 12 words, not 13"),
        ("my {Animal}", "cannot be read from"),
        ("my {animal", "cannot be read from"),
        ("my <school>", "cannot be read from"),
        ("my <SCHOOL", "cannot be read from"),
        ("my " + "(" * 10 + "a" + ")" * 10, "more than 8 deep"),
        ("(" * 5_000, "more than 8 deep"),
        ("my" + "?" * 5_000, "“?” stands twice"),
    ],
)
def test_mistakes_are_told(pattern: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 the message is compared below
        parse(pattern)
    assert message in str(caught.value)
    assert pattern.strip() in str(caught.value)


def test_parts_reach_into_choices() -> None:
    parts = list(parse("my ({animal}|(<SCHOOL>|a) b)?").parts())
    assert LexiconClass("animal") in parts
    assert EntityClass("SCHOOL") in parts


@pytest.mark.parametrize(("pattern", "plain"), [("Half-term isn't", ("half", "term", "isnt")), ("half term?", ())])
def test_plain_phrases_give_their_keys(pattern: str, plain: tuple[str, ...]) -> None:
    assert plain_keys(pattern) == plain


_PIECES = st.sampled_from(
    [
        *("a", "b*", "dog", "{animal}", "{colour}", "<PERSON>", "<SCHOOL:listed>", "(a|b)", "(a b|{animal})", "don't"),
        *("(", ")", "|", "?", "~", "~2", "#", "^", "$", "…", "7"),
    ]
)
_PATTERNS = st.lists(_PIECES, min_size=1, max_size=7).map(" ".join)
_WORDS = st.sampled_from(["a", "b", "bee", "dog", "polar bear", "dark blue", "7", ".", "!", "\n", "🎉", "don’t", "Sam"])


@given(st.one_of(st.text(), st.text(alphabet="ab(|)?~1<P>{c}#^$* "), _PATTERNS))
def test_parsing_raises_nothing_but_value_error(pattern: str) -> None:
    try:
        phrase = parse(pattern)
    except ValueError:
        return
    assert isinstance(phrase, Phrase)
    assert phrase.elements


@settings(deadline=None)
@given(_PATTERNS, st.lists(_WORDS, max_size=12).map(" ".join))
def test_matches_lie_within_one_sentence(pattern: str, text: str) -> None:
    try:
        parse(pattern)
    except ValueError:
        return
    wording = Wording(text)
    entities = [Entity("PERSON", Span(w.start, w.end), "Sam", 0.9) for w in wording.words if w.key == "sam"]
    for span in _spans(pattern, text, entities):
        assert 0 <= span.start < span.end <= len(text)
        assert len({wording.words[at].sentence for at in wording.words_in(span)}) == 1


@settings(deadline=None, max_examples=300)
@given(_PATTERNS, st.lists(_WORDS, max_size=12).map(" ".join))
def test_looking_only_where_a_pattern_may_stand_misses_nothing(pattern: str, text: str) -> None:
    try:
        phrase = parse(pattern)
    except ValueError:
        return
    wording = Wording(text)
    entities = [Entity("PERSON", Span(w.start, w.end), "Sam", 0.9) for w in wording.words if w.key == "sam"]
    reading = Reading(Passage(text), wording, entities, Lexicons(LEXICONS))
    ends = {at: max(phrase.ends(reading, at), default=at) for at in range(len(wording.words))}
    everywhere = longest(reading.span(at, end) for at, end in ends.items() if end > at)
    assert _spans(pattern, text, entities) == everywhere


@pytest.mark.parametrize(
    "pattern",
    [
        "a (a|a b)? ~12 (a|a a)? ~12 z",
        "(a|a b) (a|a a)? (a|a a)? (a|a a)? (a|a a)? (a|a a)? z",
        "a ~12 a ~12 a ~12 a",
        "a (a ~ (a ~ (a ~ (a ~)?)?)?)? $",
    ],
)
def test_no_pattern_can_hang(pattern: str) -> None:
    start = process_time()
    found(pattern, "a " * 20_000)
    assert process_time() - start < 15
