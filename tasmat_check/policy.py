"""Settles what counts: for this channel and author, which findings bear on which clauses, and how gravely."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tasmat_check.meaning import Meaning
from tasmat_check.models import AuthorRole, Channel, Draft, Finding, Level, Location, Passage, Skipped
from tasmat_check.pack import Pack
from tasmat_check.pack.rule_file import EntityMatch, MeaningMatch, PhraseMatch, Rule
from tasmat_check.picture_formats import VIDEOS_NOT_CHECKED
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.sighted import SightedMatch

DOUBTFUL = 0.5
"""Below this confidence a breach is only a caution."""

INNOCENT = 0.9
"""From this probability of innocence on, what a rule's wording finds is only a caution."""


class _Evidence(NamedTuple):
    """What a finding quotes and where; what is not `sure` only cautions."""

    told: str
    place: Location
    confidence: float
    sure: bool


def findings(
    pack: Pack, draft: Draft, passage: Passage, matches: Sequence[RuleMatch], meaning: Meaning | None
) -> Iterator[Finding]:
    """Turn the matches in a passage into findings.

    Rules know wordings, the meaning model what they say. Where both find a clause, the rule speaks: it can name its
    reason. Where the model alone does, the model's rule speaks. A breach that is told by wording alone, and that the
    model sees nothing of, is a caution, as far as the pack asks the model about such clauses at all; facts (a person of
    the people list, a phone number) stand, whatever the model thinks.
    """
    doubted = meaning is not None and meaning.innocent >= INNOCENT
    spoken: dict[str, Level] = {}
    for match in matches:
        found = None if isinstance(match.rule.match, MeaningMatch) else finding(pack, draft, passage, match)
        if found is not None:
            worded = _is_told_in_posts(match.rule) and found.clauses[0] in pack.understood
            level = min(found.level, Level.CAUTION) if doubted and worded else found.level
            spoken.update((number, max(level, spoken.get(number, level))) for number in found.clauses)
            yield replace(found, level=level)
    for match in matches:
        found = finding(pack, draft, passage, match) if isinstance(match.rule.match, MeaningMatch) else None
        if found is not None and spoken.get(found.clauses[0], Level.NOTE) < found.level:
            yield found


def _is_told_in_posts(rule: Rule) -> bool:
    """Say whether a rule goes by how posts are worded, of which the model can judge; signs and papers it cannot."""
    return isinstance(rule.match, PhraseMatch) and rule.match.speaks_of("text")


def finding(pack: Pack, draft: Draft, passage: Passage, match: RuleMatch) -> Finding | None:
    """Turn a rule's match into a finding; None where neither the rule nor its clauses speak of this channel."""
    evidence = passage.text[match.span.start : match.span.end]
    sure = match.sure and match.confidence >= DOUBTFUL
    return _finding(pack, draft, match.rule, _Evidence(evidence, passage.location(match.span), match.confidence, sure))


def picture_findings(pack: Pack, draft: Draft, image: str, matches: Iterable[SightedMatch]) -> Iterator[Finding]:
    """Turn what rules point at in a picture into findings; `{count}` in a message is how many such things there are."""
    for match in matches:
        sighting = match.sighting
        evidence = sighting.text or sighting.label.lower().replace("_", " ")
        pointed = _Evidence(evidence, sighting.location(image), sighting.score, sighting.sure)
        found = _finding(pack, draft, match.rule, pointed)
        if found is not None:
            yield replace(found, message=found.message.replace("{count}", str(match.count)))


def _finding(pack: Pack, draft: Draft, rule: Rule, evidence: _Evidence) -> Finding | None:
    clauses = _applicable(pack, rule, draft.channel)
    if not clauses or draft.channel not in rule.channels:
        return None
    level = min(rule.severity, max(pack.clause(number).limit for number in clauses))
    return Finding(
        rule=rule.id,
        clauses=clauses,
        level=level if evidence.sure else min(level, Level.CAUTION),
        message=rule.message.replace("{evidence}", evidence.told),
        fix=rule.fix,
        evidence=evidence.told,
        confidence=evidence.confidence,
        location=evidence.place,
    )


def advised(pack: Pack, gap: Skipped, channel: Channel) -> Skipped:
    """Add to a video that is not checked what the pack advises about people in pictures."""
    if gap.reason != VIDEOS_NOT_CHECKED:
        return gap
    numbers = (
        number
        for rule in pack.rules
        if isinstance(rule.match, EntityMatch) and "FACE" in rule.match.labels and channel in rule.channels
        for number in _applicable(pack, rule, channel)
    )
    for number in numbers:
        return replace(gap, reason=f"{gap.reason}. Clause {number}: {pack.clause(number).advice}")
    return gap


def _applicable(pack: Pack, rule: Rule, channel: Channel) -> tuple[str, ...]:
    return tuple(number for number in rule.clauses if channel in pack.clause(number).channels)


def clause_levels(pack: Pack, findings: Iterable[Finding], role: AuthorRole) -> Mapping[str, Level]:
    """Give the gravest level of every clause that findings touch, in policy order, companions as notes.

    No clause is reported more gravely than its own wording supports: a breach touches a clause that only advises
    as a caution.
    """
    levels: dict[str, Level] = {}
    for found in findings:
        for number in found.clauses:
            level = min(found.level, pack.clause(number).limit)
            levels[number] = max(level, levels.get(number, level))
    breached = {number for number, level in levels.items() if level is Level.BREACH}
    for clause in pack.policy.clause:
        followed = breached if "*" in clause.follows else breached.intersection(clause.follows)
        if followed and (not clause.roles or role in clause.roles):
            levels.setdefault(clause.number, Level.NOTE)
    return dict(sorted(levels.items(), key=lambda item: pack.order[item[0]]))
