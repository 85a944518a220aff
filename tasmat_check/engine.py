"""Checks drafts: the one place where passages, recognizers, rules and policy meet."""

from collections.abc import Iterable, Iterator
from itertools import islice

from tasmat_check import passages, policy
from tasmat_check.models import AuthorRole, Draft, Entity, Finding, Passage, Person, Report, Skipped
from tasmat_check.nlp import DEFAULT_MODEL
from tasmat_check.pack import Pack
from tasmat_check.recognizers import Recognizers
from tasmat_check.rules import RuleSet
from tasmat_check.wording import Wording

_BATCH = 64
"""Drafts read together: large enough for the language model's batches, small enough to keep memory flat."""


class Checker:
    """Reads drafts as a careful data-protection lead would; built once, used for any number of drafts."""

    def __init__(
        self,
        pack: Pack,
        *,
        people: Iterable[Person] = (),
        role: AuthorRole = "staff",
        model: str | None = DEFAULT_MODEL,
    ) -> None:
        """Prepare rules and recognizers; `model` names an installed spaCy pipeline, None does without one."""
        self._pack = pack
        self._role: AuthorRole = role
        self._recognizers = Recognizers(pack, people, model)
        self._rules = RuleSet(pack.rules, pack.lexicons)

    def check(self, draft: Draft) -> Report:
        """Check one draft."""
        return next(self.check_many([draft]))

    def check_many(self, drafts: Iterable[Draft]) -> Iterator[Report]:
        """Check a stream of drafts, in order; memory stays flat."""
        for draft, read in self.read_many(drafts):
            yield self._report(draft, read)

    def read_many(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[tuple[Passage, Wording, list[Entity]]]]]:
        """Yield each draft with its passages, their wording and what the recognizers see in them."""
        stream = iter(drafts)
        while batch := list(islice(stream, _BATCH)):
            found = [
                (number, passage, Wording(passage.text))
                for number, draft in enumerate(batch)
                for passage in passages.read(draft)
            ]
            seen = self._recognizers.recognize_many([wording for _, _, wording in found])
            read: list[list[tuple[Passage, Wording, list[Entity]]]] = [[] for _ in batch]
            for (number, passage, wording), entities in zip(found, seen, strict=True):
                read[number].append((passage, wording, list(entities)))
            yield from zip(batch, read, strict=True)

    def _report(self, draft: Draft, read: list[tuple[Passage, Wording, list[Entity]]]) -> Report:
        findings: list[Finding] = []
        skipped = list(draft.skipped)
        for passage, wording, entities in read:
            for match in self._rules.find(passage, wording, entities):
                if isinstance(match, Skipped):
                    skipped.append(match)
                elif found := policy.finding(self._pack, draft, passage, match):
                    findings.append(found)
        findings.sort(key=lambda f: (f.location.part, f.location.span.start, f.location.span.end, f.rule))
        levels = policy.clause_levels(self._pack, findings, self._role)
        return Report(draft, tuple(findings), levels, tuple(skipped))
