"""The shape of a rule file, `rules/<topic>/<rule-id>.toml`: one rule with its why, its fix and its examples."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from tasmat_check.models import Box, Channel, Draft, FoundIn, Level, Passage, Person, Seen, Sighting
from tasmat_check.pack.policy_file import LevelName, Strict, Text

Reach = Literal["sentence", "neighbours", "post"]
TokenPattern = tuple[dict[str, Any], ...]
Owner = Literal["author", "family", "pupil", "parent", "colleague", "school", "public", "unknown"]


def _message(text: str) -> str:
    rest = text.replace("{evidence}", "").replace("{count}", "")
    if unknown := re.search(r"\{.*?\}", rest):
        raise ValueError(f"unknown placeholder {unknown.group()}; only {{evidence}} and {{count}} can be used")
    if "{" in rest or "}" in rest:
        raise ValueError("has a curly bracket that belongs to no placeholder")
    return text


class Condition(Strict):
    """Wording of which at least one phrase must stand within reach of the evidence."""

    any: Annotated[tuple[Text, ...], Field(min_length=1)]
    reach: Reach = "sentence"


class _Match(Strict):
    """What every kind of match can add to its patterns.

    `found_in` keeps what stands in the post's texts, in words seen in a picture, or in some of its hidden data. All of
    `needs` must hold; a phrase of `unless` in the evidence's sentence, or of `unless_post` anywhere, makes it
    innocent; so does a negation up to three words before it when `unless_negated` is set.
    """

    needs: tuple[Condition, ...] = ()
    unless: tuple[Text, ...] = ()
    unless_post: tuple[Text, ...] = ()
    unless_negated: bool = False
    found_in: tuple[FoundIn, ...] = ()

    def speaks_of(self, place: FoundIn) -> bool:
        """Say whether the rule looks at words that stand there."""
        return not self.found_in or place in self.found_in


class PhraseMatch(_Match):
    """Wording in the phrase language (see `tasmat_check.phrases`)."""

    kind: Literal["phrase"]
    patterns: Annotated[tuple[Text, ...], Field(min_length=1)]


class RegexMatch(_Match):
    """Regular expressions, read without regard to case."""

    kind: Literal["regex"]
    patterns: Annotated[tuple[Text, ...], Field(min_length=1)]


class TokensMatch(_Match):
    """spaCy Matcher patterns; entities appear as ENT_TYPE. `unless` may hold such patterns beside phrases."""

    kind: Literal["tokens"]
    patterns: Annotated[tuple[TokenPattern, ...], Field(min_length=1)]
    unless: tuple[Text | TokenPattern, ...] = ()  # type: ignore[assignment]


class EntityMatch(_Match):
    """Entities by label, and by whose they are.

    `people` keeps those the people list knows in one of these roles ("listed" stands for any role, "unlisted" for
    people it does not know); `owner` keeps those whose owner the wording tells; `score` is the least score that counts;
    `begins` keeps those written so at their beginning ("#" for hashtags), without regard to case; with `at_least`, one
    passage must hold so many that differ. Of what is seen in pictures, `owner` "school" keeps what is at a school, and
    `beside` what shares its picture with one of those labels.
    """

    kind: Literal["entity"]
    labels: Annotated[tuple[Text, ...], Field(min_length=1)]
    people: tuple[Text, ...] = ()
    owner: tuple[Owner, ...] = ()
    score: Annotated[float, Field(ge=0, le=1)] = 0.5
    begins: tuple[Text, ...] = ()
    at_least: Annotated[int, Field(ge=1)] = 1
    beside: tuple[Text, ...] = ()


class MeaningMatch(_Match):
    """What the meaning model recognizes: one of its labels, from the label's own thresholds on."""

    kind: Literal["meaning"]
    label: Text


OWNER_CUES: dict[Owner, str] = {
    "author": "owner-author",
    "family": "owner-family",
    "pupil": "owner-pupil",
    "parent": "owner-parent",
    "colleague": "owner-colleague",
    "school": "owner-school",
    "public": "owner-public",
}
"""The lexicon that holds the cues of each owner; a pack may leave any out."""


Match = Annotated[PhraseMatch | RegexMatch | TokensMatch | EntityMatch | MeaningMatch, Field(discriminator="kind")]


class ExampleSighting(Strict):
    """Something that an example's picture shows."""

    label: Text
    score: Annotated[float, Field(ge=0, le=1)] = 0.9
    text: str = ""
    owner: str = ""

    def sighting(self) -> Sighting:
        """Give it as a picture reader would."""
        return Sighting(self.label, Box(0, 0, 10, 10), self.score, self.text, owner=self.owner)


class ExamplePerson(Strict):
    """An invented person whom an example's people list knows."""

    forename: Text
    surname: Text
    preferred: str = ""
    group: str = ""
    role: str = "pupil"

    def person(self) -> Person:
        """Give the person as the people list would."""
        return Person(self.forename, self.surname, self.preferred, "", self.group, self.role)


class Example(Strict):
    """A post and the exact evidence the rule finds in it; no evidence marks a look-alike that stays clear.

    `found_in` tells where the text stands; `sees` is what a picture of the post shows, and is found by its text, else
    by its label in small letters.
    """

    text: Text
    finds: tuple[Text, ...]
    channel: Channel = "personal"
    people: tuple[ExamplePerson, ...] = ()
    found_in: FoundIn = "text"
    sees: tuple[ExampleSighting, ...] = ()

    def draft(self) -> Draft:
        """Give the post as a reader would."""
        seen = (Seen("picture", 10, 10, tuple(shown.sighting() for shown in self.sees)),) if self.sees else ()
        if self.found_in == "text":
            return Draft("example", "example", self.text, self.channel, seen=seen)
        boxes = (Box(0, 0, 10, 10),) * len(self.text) if self.found_in == "picture" else ()
        part = Passage(self.text, self.found_in, "picture", boxes, "" if boxes else "field", self.found_in)
        return Draft("example", "example", "", self.channel, (part,), seen=seen)


class Rule(Strict):
    """One rule. The first of `clauses` is the primary one; `id` equals the file's name."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    clauses: Annotated[tuple[Text, ...], Field(min_length=1)]
    channels: tuple[Channel, ...] = ("personal", "official")
    level: LevelName
    confidence: Annotated[float, Field(gt=0, le=1)] = 0.9
    message: Annotated[Text, AfterValidator(_message)]
    why: Text
    fix: Text
    match: Match
    example: tuple[Example, ...] = ()

    @property
    def severity(self) -> Level:
        """The rule's level as a value that can be compared."""
        return Level[self.level.upper()]
