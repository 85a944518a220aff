"""Says in plain words what a clause or a rule is about, and how every clause is checked."""

import textwrap
from collections.abc import Iterable, Iterator

from tasmat_check.errors import UsageError
from tasmat_check.models import Channel, FoundIn
from tasmat_check.pack import Pack
from tasmat_check.pack.policy_file import Clause
from tasmat_check.pack.rule_file import Example, Rule

_FOUND_BY = {
    "phrase": "the wording of this rule.",
    "regex": "a pattern of characters.",
    "tokens": "a pattern of words.",
    "entity": "what the recognizers see, such as a name, a phone number or a school.",
    "meaning": "the meaning model, whatever the wording. Where a rule finds the same clause, that rule speaks instead.",
}
_STANDING: dict[FoundIn, str] = {
    "picture": "written in a picture",
    "hidden": "in what a picture's file says",
    "tag": "tagged in a picture's file",
    "copyright": "as a picture's copyright notice",
}
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
    yield f"Found by: {_FOUND_BY[rule.match.kind]}"
    yield ""
    for heading, wanted in (("Finds:", True), ("Leaves alone:", False)):
        yield heading
        for example in rule.example:
            if bool(example.finds) is wanted:
                yield f"  {' '.join(example.text.split())}{_setting(example)}"


def _setting(example: Example) -> str:
    """Say what is with an example's words, where they are not a post's own and alone."""
    shown = ", ".join(f"a {seen.label.lower().replace('_', ' ')}" for seen in example.sees)
    told = [_STANDING.get(example.found_in, ""), f"with a picture of {shown}" if shown else ""]
    return "".join(f" ({what})" for what in told if what)


def clauses(pack: Pack) -> Iterator[str]:
    """Give the policy's scope, then a line or two for every clause: number, title, and how it is checked."""
    yield f"{pack.policy.title}, {pack.policy.edition}"
    if pack.policy.scope:
        yield pack.policy.scope
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
        first = [rule.id for rule in rules if rule.clauses[0] == clause.number]
        told = [f"Checked by {_rules(len(first))}: {', '.join(first)}."] if first else []
        if others := len(rules) - len(first):
            told.append(f"{_rules(others).capitalize()} {'more ' if first else ''}about other clauses touch it.")
        return " ".join(told)
    breach = "any breach" if "*" in clause.follows else f"a breach of {', '.join(clause.follows)}"
    whose = f" by a {' or '.join(clause.roles)}" if clause.roles else ""
    return f"Shown as a note with {breach}{whose}."


def _rules(count: int) -> str:
    return "1 rule" if count == 1 else f"{count} rules"


def wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """Break lines to a width; what a line is indented by, its further lines are indented by too."""
    for line in lines:
        heading, newline, text = line.rpartition("\n")
        yield from [heading] if newline else []
        indent = " " * (len(text) - len(text.lstrip()))
        yield from textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _rules_of(pack: Pack, clause: Clause) -> list[Rule]:
    return [rule for rule in pack.rules if clause.number in rule.clauses]
