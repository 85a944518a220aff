"""Checks drafts: the one place where passages, recognizers, rules and policy meet."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from tasmat_check import passages, policy, readers
from tasmat_check.meaning import Meaning
from tasmat_check.models import AuthorRole, Channel, Draft, Entity, Finding, Passage, Person, Report, Seen, Skipped
from tasmat_check.pack import Pack
from tasmat_check.pack.keeping import anew, kept
from tasmat_check.rules import RuleSet
from tasmat_check.rules.matches import RuleMatch
from tasmat_check.rules.sighted import SightedRules
from tasmat_check.wording import Wording

if TYPE_CHECKING:
    from tasmat_check.meaning.model import MeaningModel
    from tasmat_check.pictures.seeing import PictureReader
    from tasmat_check.recognizers import Recognizers

_BATCH = 64
"""Drafts read together: large enough for the meaning model's batches, small enough to keep memory flat."""

_PICTURES = 8
"""Pictures that end a batch early: each takes a second or more, and reports should come as posts are done."""

_SIDE_BY_SIDE = 2
"""Pictures looked at at once, one thread each: a further one needs some 200 MB."""

_REMEMBERED = 100
"""Pictures of which it is remembered what they show: a school posts the same poster again and again."""

_TOO_LONG = "too long for the meaning model, which has read its first 30,000 words or so; the rules have read it all"


class Read(NamedTuple):
    """A passage, and everything that is seen in it before any rule runs; without a model there is no meaning."""

    passage: Passage
    wording: Wording
    entities: tuple[Entity, ...]
    meaning: Meaning | None


class Checker:
    """Reads drafts as a careful data-protection lead would; built once, used for any number of drafts."""

    def __init__(
        self,
        pack: Pack,
        *,
        people: Iterable[Person] = (),
        role: AuthorRole = "staff",
        meaning: bool = True,
        pipeline: str | None = None,
        pictures: bool = True,
    ) -> None:
        """Take what to check by; what only a text needs is loaded with the first one.

        Without `meaning` the rules run alone; `pipeline` names an installed spaCy pipeline to find names with too.
        Without `pictures` they are left out.
        """
        self._pack = pack
        self._role: AuthorRole = role
        self._people = tuple(people)
        self._pipeline = pipeline
        self._rules = RuleSet(pack.rules, pack.lexicons, kept if pack.is_shipped else anew)
        self._sighted = SightedRules(pack.rules)
        self._reads_meaning = meaning
        self._looks_at_pictures = pictures
        self._looked_at_before: OrderedDict[bytes, Seen] = OrderedDict()

    def check(self, draft: Draft) -> Report:
        """Check one draft."""
        return next(self.check_many([draft]))

    def check_many(self, drafts: Iterable[Draft]) -> Iterator[Report]:
        """Check a stream of drafts, in order; memory stays flat."""
        for draft, read in self.read_many(drafts):
            yield self._report(draft, read)

    def read_many(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[Read]]]:
        """Yield each draft with what is seen in each of its passages."""
        for batch in map(self._looked_at, _batches(drafts)):
            found = [(number, passage) for number, draft in enumerate(batch) for passage in passages.read(draft)]
            wordings = [Wording(passage.text) for _, passage in found]
            meanings = self._meanings([(passage.text, batch[number].channel) for number, passage in found])
            printed = {number for number, (_, passage) in enumerate(found) if passage.found_in == "picture"}
            seen = self._recognizers.recognize_many(wordings, meanings, printed) if wordings else []
            read: list[list[Read]] = [[] for _ in batch]
            for (number, passage), wording, entities, meaning in zip(found, wordings, seen, meanings, strict=True):
                read[number].append(Read(passage, wording, entities, meaning))
            yield from zip(batch, read, strict=True)

    def _looked_at(self, batch: list[Draft]) -> list[Draft]:
        """Add to drafts what their pictures show: words as parts, the rest as `seen`."""
        images = [image for draft in batch for image in draft.images]
        if not self._looks_at_pictures or not images:
            return batch
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            first = self._look(images[0])  # alone: it makes the reader, and tells of the logos
            seen = chain([first], pool.map(self._look, images[1:]))
            return [_with_pictures(draft, list(islice(seen, len(draft.images)))) for draft in batch]

    def _look(self, image: str) -> Seen:
        try:
            content = readers.load_picture(image)
        except readers.UnreadableError as problem:
            return Seen(image, skipped=(Skipped(image, problem.reason),))
        mark = blake2b(content, digest_size=16).digest()
        known = self._looked_at_before.get(mark)
        if known is not None:
            return known.renamed(image)
        seen = self._looked_at_before[mark] = self._pictures.look(image, content)
        if len(self._looked_at_before) > _REMEMBERED:
            self._looked_at_before.popitem(last=False)  # in one step, since pictures are looked at side by side
        return seen

    @cached_property
    def _recognizers(self) -> "Recognizers":
        from tasmat_check.recognizers import Recognizers

        return Recognizers(self._pack, self._people, self._pipeline)

    @cached_property
    def _pictures(self) -> "PictureReader":
        from tasmat_check.pictures.seeing import PictureReader

        schools = [(body.name, *body.position) for body in self._pack.organisation.school if body.position]
        return PictureReader(self._sighted.labels, self._pack.logos, schools)

    def _meanings(self, texts: list[tuple[str, Channel]]) -> Sequence[Meaning | None]:
        return self._model.read(texts) if self._reads_meaning and texts else [None] * len(texts)

    @cached_property
    def _model(self) -> "MeaningModel":
        from tasmat_check.meaning.model import MeaningModel

        return MeaningModel(self._pack.model)

    def _report(self, draft: Draft, read: list[Read]) -> Report:
        findings: list[Finding] = []
        skipped = [policy.advised(self._pack, gap, draft.channel) for gap in draft.skipped]
        for part in read:
            matches = list(self._rules.find(*part))
            skipped.extend(match for match in matches if isinstance(match, Skipped))
            if part.meaning is not None and not part.meaning.whole:
                skipped.append(Skipped(part.passage.part or "the post's end", _TOO_LONG))
            found = [match for match in matches if isinstance(match, RuleMatch)]
            findings.extend(policy.findings(self._pack, draft, part.passage, found, part.meaning))
        for picture in draft.seen:
            sighted = self._sighted.find(picture.sightings)
            findings.extend(policy.picture_findings(self._pack, draft, picture.image, sighted))
        findings.sort(key=_place)
        levels = policy.clause_levels(self._pack, findings, self._role)
        return Report(draft, tuple(findings), levels, tuple(skipped))


def _batches(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    batch: list[Draft] = []
    pictures = 0
    for draft in drafts:
        batch.append(draft)
        pictures += len(draft.images)
        if len(batch) == _BATCH or pictures >= _PICTURES:
            yield batch
            batch, pictures = [], 0
    if batch:
        yield batch


def _with_pictures(draft: Draft, seen: Sequence[Seen]) -> Draft:
    return replace(
        draft,
        parts=(*draft.parts, *(passage for picture in seen for passage in picture.passages)),
        seen=(*draft.seen, *seen),
        skipped=(*draft.skipped, *(gap for picture in seen for gap in picture.skipped)),
    )


def _place(finding: Finding) -> tuple[str, str, int, int, str]:
    where = finding.location
    return where.part, where.image, where.span.start, where.span.end, finding.rule
