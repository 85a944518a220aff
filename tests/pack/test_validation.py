"""What only a pack as a whole can tell: its files have to fit together."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tasmat_check import pack
from tasmat_check.errors import PackError
from tasmat_check.pack.validation import mentioned_lexicons

RULE = "rules/topic/sample.toml"
PATTERNS = 'kind = "phrase"\npatterns = ["my {animal}"]'
PackFolder = Callable[[Mapping[str, str | bytes | None]], Path]
PackWith = Callable[[str, str, str], Path]


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        pack.load(folder)
    assert all("\n" not in line for line in caught.value.mistakes)
    return caught.value.mistakes


REPLACED: list[tuple[str, str, list[str]]] = [
    ('"sample"', '"other"', ["id “other” differs from the file's name, “sample”"]),
    ('["1.1"]', '["1.1", "9.9"]', ["rule sample: clauses: there is no clause 9.9"]),
    (
        '["1.1"]',
        '["1.2"]',
        ["rule sample: clauses: clause 1.2 is manual in policy.toml: no machine can tell, so no rule can cite it"],
    ),
    (
        'finds = ["my dog"]',
        'finds = ["my cat"]',
        ["rule sample: example 1: finds “my cat”, which the text does not hold"],
    ),
    ("{animal}", "{animals}", ["rule sample: patterns: “my {animals}”: there is no lexicon animals.txt"]),
    ("{animal}", "(a|{beast})?", ["rule sample: patterns: “my (a|{beast})?”: there is no lexicon beast.txt"]),
    ("{animal}", "<SCHOOLS>", ["rule sample: patterns: “my <SCHOOLS>”: there is no entity label SCHOOLS"]),
    ("{animal}", "(dog", ["rule sample: patterns: “my (dog”: a “(” is never closed"]),
    (
        PATTERNS,
        PATTERNS
        + '\nneeds = [{ any = ["{a}", "(b"] }]\nunless = ["{c}"]\nunless_post = ["<D>"]\nunless_negated = true',
        [
            "rule sample: needs: “{a}”: there is no lexicon a.txt",
            "rule sample: needs: “(b”: a “(” is never closed",
            "rule sample: unless: “{c}”: there is no lexicon c.txt",
            "rule sample: unless_post: “<D>”: there is no entity label D",
            "rule sample: unless_negated: there is no lexicon negation.txt",
        ],
    ),
    (
        PATTERNS,
        'kind = "regex"\npatterns = ["(dog", "cat", "[bear"]',
        [
            "rule sample: patterns: regular expression “(dog”: missing ) at position 4",
            "rule sample: patterns: regular expression “[bear”: unterminated character set at position 5",
        ],
    ),
    (
        PATTERNS,
        'kind = "tokens"\npatterns = [[{ LOWER = "dog" }], [{ LEMMA = "be" }, { POS = "NOUN" }]]\n'
        'unless = [[{ TAG = "X" }], "{q}"]',
        [
            "rule sample: unless: “{q}”: there is no lexicon q.txt",
            "rule sample: patterns 2: LEMMA: the pipeline has no such token attribute",
            "rule sample: patterns 2: POS: the pipeline has no such token attribute",
            "rule sample: unless 1: TAG: the pipeline has no such token attribute",
        ],
    ),
    (
        PATTERNS,
        'kind = "entity"\nlabels = ["PERSON", "PUPIL"]',
        ["rule sample: labels: there is no entity label PUPIL"],
    ),
    (
        PATTERNS,
        'kind = "meaning"\nlabel = "99.9"',
        ["rule sample: label: the meaning model knows no label 99.9"],
    ),
]


@pytest.mark.parametrize(("old", "new", "lines"), REPLACED)
def test_mistakes_of_a_rule_name_its_file_and_id(old: str, new: str, lines: list[str], pack_with: PackWith) -> None:
    assert mistakes(pack_with(RULE, old, new)) == [f"{RULE}: {line}" for line in lines]


def test_an_id_is_used_once(pack_folder: PackFolder) -> None:
    rule = (pack_folder({}) / RULE).read_bytes()
    assert mistakes(pack_folder({"rules/zoo/sample.toml": rule})) == [
        f"rules/zoo/sample.toml: id “sample” is taken by {RULE}"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('follows = ["1.1"]', 'follows = ["7.7"]', "clause 2.1: follows: there is no clause 7.7"),
        ('number = "2.1"', 'number = "1.2"', "clause 1.2: stands there more than once"),
    ],
)
def test_mistakes_of_the_policy_name_the_clause(old: str, new: str, line: str, pack_with: PackWith) -> None:
    assert mistakes(pack_with("policy.toml", old, new)) == [f"policy.toml: {line}"]


LEXICONS: list[tuple[dict[str, str], list[str]]] = [
    ({"animal": "dog\n(cat\n"}, ["lexicons/animal.txt: “(cat”: a “(” is never closed"]),
    ({"animal": "{beast}\n"}, ["lexicons/animal.txt: “{beast}”: there is no lexicon beast.txt"]),
    ({"animal": "<BEAST>\n"}, ["lexicons/animal.txt: “<BEAST>”: there is no entity label BEAST"]),
    ({"animal": "big {animal}\n"}, ["lexicons/animal.txt: lexicons mention each other in a circle: animal → animal"]),
    ({"ORGANIZATION": "Oakwell Bakery\n—\n"}, ["lexicons/ORGANIZATION.txt: “—” holds no word"]),
]


@pytest.mark.parametrize(("lexicons", "lines"), LEXICONS)
def test_mistakes_of_a_lexicon_name_its_file(
    lexicons: dict[str, str], lines: list[str], pack_folder: PackFolder
) -> None:
    assert mistakes(pack_folder({f"lexicons/{name}.txt": text for name, text in lexicons.items()})) == lines


def test_a_circle_of_lexicons_is_told(pack_folder: PackFolder) -> None:
    circle = {"lexicons/animal.txt": "a {b-c}", "lexicons/b-c.txt": "d ({e}|f)", "lexicons/e.txt": "{animal}"}
    (line,) = mistakes(pack_folder(circle))
    assert "lexicons mention each other in a circle: " in line
    assert all(name in line for name in ("animal", "b-c", "e"))


def test_a_list_that_no_rule_uses_may_hold_anything(pack_folder: PackFolder) -> None:
    assert pack.load(pack_folder({"lexicons/first-names.txt": "(unclosed\n{nothing}\n"}))


def test_a_lexicon_in_capitals_is_an_entity_label(pack_with: PackWith) -> None:
    folder = pack_with(RULE, "my {animal}", "my <PET_SHOP>")
    assert mistakes(folder) == [f"{RULE}: rule sample: patterns: “my <PET_SHOP>”: there is no entity label PET_SHOP"]
    (folder / "lexicons" / "PET_SHOP.txt").write_text("Oakwell Pets\n", encoding="utf-8")
    assert pack.load(folder).rule("sample")


def test_mentioned_lexicons_are_followed(pack_with: PackWith) -> None:
    folder = pack_with(RULE, PATTERNS, PATTERNS + '\nunless = ["no {b}"]')
    for name, text in {"b": "{c} x", "c": "y", "d": "z", "owner-pupil": "his {e}", "e": "w"}.items():
        (folder / "lexicons" / f"{name}.txt").write_text(text, encoding="utf-8")
    loaded = pack.load(folder)
    assert mentioned_lexicons(loaded.rules, loaded.lexicons) == {"animal", "b", "c", "owner-pupil", "e"}


def test_a_pack_can_bring_a_meaning_model_of_its_own(pack_with: PackWith) -> None:
    settings = (
        '{"labels": [{"name": "any", "scale": 1, "shift": 0, "caution": 0.5, "breach": 0.8},'
        ' {"name": "own", "scale": 1, "shift": 0, "caution": 0.5, "breach": 0.8}]}'
    )
    folder = pack_with(RULE, PATTERNS, 'kind = "meaning"\nlabel = "own"')
    (folder / "model").mkdir()
    (folder / "model" / "settings.json").write_text(settings, encoding="utf-8")
    assert pack.load(folder).model == folder / "model"
    (folder / "model" / "settings.json").write_text("{}", encoding="utf-8")
    assert "settings.json" in mistakes(folder)[0]


def test_a_pack_without_a_model_is_read_by_the_built_in_one(pack_folder: PackFolder) -> None:
    assert pack.load(pack_folder({})).model == pack.builtin_folder() / "model"
