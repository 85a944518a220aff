"""The pack that ships: every rule's examples, and the policy and the rules covering each other both ways."""

import pytest

from tasmat_check import pack
from tasmat_check.engine import Checker
from tasmat_check.examples import LEAST_EXAMPLES, evidence
from tasmat_check.pack.rule_file import Example, Rule

PACK = pack.load(pack.builtin_folder())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in PACK.rules
    for number, example in enumerate(rule.example, 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_finds_what_it_says(rule: Rule, example: Example, checker: Checker) -> None:
    if example.people:
        checker = Checker(PACK, people=[row.person() for row in example.people])
    assert evidence(rule, example, checker) == example.finds


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_rule_has_enough_examples_of_both_sorts(rule: Rule) -> None:
    finding = [example for example in rule.example if example.finds]
    assert len(finding) >= LEAST_EXAMPLES
    assert len(rule.example) - len(finding) >= LEAST_EXAMPLES


def test_every_clause_has_a_rule_or_says_why_not() -> None:
    cited = {number for rule in PACK.rules for number in rule.clauses}
    manual = {clause.number for clause in PACK.policy.clause if clause.manual}
    companions = {clause.number for clause in PACK.policy.clause if clause.follows}
    everything = {clause.number for clause in PACK.policy.clause}
    assert everything - cited - manual - companions == set(), "clauses with neither a rule nor a reason"
    assert cited & manual == set(), "clauses both checked and marked as manual"


def test_no_two_examples_tell_the_same_post() -> None:
    posts = [
        (rule.id, " ".join(example.text.lower().split()), example.found_in)
        for rule in PACK.rules
        for example in rule.example
    ]
    assert len(posts) == len(set(posts))


def test_no_lexicon_is_unused() -> None:
    from tasmat_check.pack.validation import mentioned_lexicons

    by_recognizers = {
        *("common-words", "first-names", "rare-first-names", "names-also-words", "names-also-places"),
        *("name-acts", "name-kin", "name-titles", "place-endings", "proper-words", "short-first-names"),
    }
    used = mentioned_lexicons(PACK.rules, PACK.lexicons) | by_recognizers
    assert set(PACK.lexicons) - used == set()


def test_only_a_pack_that_is_named_is_validated(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr(pack, "check_pack", lambda *parts: checked.append(parts))
    pack.load()
    assert checked == []
    pack.load(pack.builtin_folder())
    assert len(checked) == 1
