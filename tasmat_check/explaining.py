"""Says in plain words what a clause or a rule is about, and how every clause is checked."""

from collections.abc import Iterator

from tasmat_check.errors import UsageError
from tasmat_check.models import Channel
from tasmat_check.pack import Pack
from tasmat_check.pack.policy_file import Clause
from tasmat_check.pack.rule_file import Rule

_CHANNELS: dict[tuple[Channel, ...], str] = {("personal",): "personal accounts", ("official",): "official channels"}


def explain(pack: Pack, name: str) -> Iterator[str]:
    """Give the lines that explain a clause number or a rule id; raises UsageError for an unknown one."""
    if pack.has_clause(name):
        return _clause(pack, pack.clause(name))
    rule = pack.rule(name)
    if rule is None:
        raise UsageError(name, "there is no such clause or rule; `tasmat-check clauses` lists them")
    return _rule(rule)


def _clause(pack: Pack, clause: Clause) -> Iterator[str]:
    yield f"{clause.number}  {clause.title}"
    yield f"Section: {clause.section}. Counts as: {clause.level}."
    if channels := _CHANNELS.get(clause.channels):
        yield f"Applies to {channels}."
    yield ""
    yield clause.summary
    yield f"What to do: {clause.advice}"
    yield ""
    yield how_checked(pack, clause)
    for rule in _rules_of(pack, clause):
        yield f"  {rule.id}: {rule.why}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}  ({rule.level}, clause {', '.join(rule.clauses)})"
    yield ""
    yield f"Why: {rule.why}"
    yield f"What to do: {rule.fix}"
    yield ""
    for heading, wanted in (("Finds:", True), ("Leaves alone:", False)):
        yield heading
        for example in rule.example:
            if bool(example.finds) is wanted:
                yield f"  {' '.join(example.text.split())}"


def clauses(pack: Pack) -> Iterator[str]:
    """Give a line or two for every clause: its number and title, and how it is checked."""
    section = ""
    for clause in pack.policy.clause:
        if clause.section != section:
            section = clause.section
            yield f"\n{section}"
        yield f"  {clause.number:<6} {clause.title} ({clause.level})"
        yield f"         {how_checked(pack, clause)}"


def how_checked(pack: Pack, clause: Clause) -> str:
    """Say by which rules a clause is checked, or why it is not."""
    if clause.manual:
        return f"Not checked by machine: {clause.manual}"
    if rules := _rules_of(pack, clause):
        return f"Checked by {len(rules)} rule{'s' if len(rules) > 1 else ''}: {', '.join(rule.id for rule in rules)}"
    if clause.follows == ("*",):
        return "Shown as a note with any breach."
    return f"Shown as a note with a breach of {', '.join(clause.follows)}."


def _rules_of(pack: Pack, clause: Clause) -> list[Rule]:
    return [rule for rule in pack.rules if clause.number in rule.clauses]
