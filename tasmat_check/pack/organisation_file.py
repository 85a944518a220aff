"""The shape of `organisation.toml`: what identifies the trust, its schools and the council, as facts with sources."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from tasmat_check.folding import fold
from tasmat_check.pack.policy_file import Strict, Text


def _matching(pattern: str, kind: str) -> AfterValidator:
    compiled = re.compile(pattern, re.IGNORECASE)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(f"“{text}” is not {kind}")
        return text

    return AfterValidator(check)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"“{pattern}” is not a regular expression: {error}") from error
    return pattern


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    for value, count in Counter(_folded(value) for value in values).items():
        if count > 1:
            raise ValueError(f"“{value}” stands there {count} times")
    return values


def _folded(text: str) -> str:
    return " ".join(fold(text).text.split())


Names = Annotated[tuple[Text, ...], AfterValidator(_once)]
Regex = Annotated[Text, AfterValidator(_compiles)]
Domain = Annotated[str, _matching(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a domain such as school.example.org")]
Phone = Annotated[str, _matching(r"\+?[\d ]{9,17}", "a phone number: digits and spaces")]
Postcode = Annotated[str, _matching(r"[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}", "a postcode such as AB1 2CD")]
Hashtag = Annotated[str, _matching(r"#\w+", "a hashtag that begins with #")]
Handle = Annotated[str, _matching(r"@[\w.]+", "a handle that begins with @")]
Position = tuple[Annotated[float, Field(ge=-90, le=90)], Annotated[float, Field(ge=-180, le=180)]]
Urn = Annotated[int, Field(ge=100_000, le=999_999)]


class Street(Strict):
    """A street where a body stands.

    `also` are other ways to write it and `towns` what may follow it in an address. With `identifies` false the street
    points to the body only beside one of the words in `beside`, because others stand there too.
    """

    name: Text
    also: Names = ()
    towns: Names = ()
    identifies: bool = True
    beside: Names = ()


class Body(Strict):
    """A trust, a school or a council.

    `short` and `old` names mean the body wherever they stand; one in capitals of five letters at most counts only in
    capitals. `hints` mean it only beside words that tell of a school or of work there. `generic` names mean it only
    where no other name stands before them ("the County Council"). `position` is its latitude and longitude in degrees.
    `unverified` names the fields no source settles.
    """

    name: Text
    short: Names = ()
    old: Names = ()
    hints: Names = ()
    generic: Names = ()
    domains: Annotated[tuple[Domain, ...], AfterValidator(_once)] = ()
    email_domains: Annotated[tuple[Domain, ...], AfterValidator(_once)] = ()
    phones: tuple[Phone, ...] = ()
    postcodes: tuple[Postcode, ...] = ()
    hashtags: Annotated[tuple[Hashtag, ...], AfterValidator(_once)] = ()
    handles: Annotated[tuple[Handle, ...], AfterValidator(_once)] = ()
    urns: tuple[Urn, ...] = ()
    position: Position | None = None
    sources: tuple[Text, ...] = ()
    unverified: tuple[str, ...] = ()
    street: tuple[Street, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for field in self.unverified:
            if field not in type(self).model_fields:
                raise ValueError(f"unverified: there is no field “{field}”")
        _once(self.names)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means the body without help."""
        return (self.name, *self.short, *self.old)


class Trap(Strict):
    """Words that show something else is meant by `name` (by every short name, when there is none).

    `before` and `after` stand directly beside it, `places` after it as in an address (“…, Leeds”), `near` within a
    dozen words; `lookalikes` are wordings that only resemble it. With `capitals`, words of `after` count only when
    they are capitalised like the name, or when the name follows such a word as “on” or “down”.
    """

    name: str = ""
    before: Names = ()
    after: Names = ()
    places: Names = ()
    near: Names = ()
    lookalikes: Names = ()
    capitals: bool = False
    why: Text

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.before or self.after or self.places or self.near or self.lookalikes):
            raise ValueError("a trap needs before, after, places, near or lookalikes")
        return self


class Classes(Strict):
    """How classes are named: `codes` are regular expressions, `words` stand before a code, `names` are whole names."""

    codes: Annotated[tuple[Regex, ...], AfterValidator(_once)] = ()
    words: Names = ()
    names: Names = ()


class Vocabulary(Strict):
    """Words that tell of schools and of work in one.

    `institution` words may follow a short name and belong to it, `work` ones stand before “at …”, `beside` ones
    directly after a hint, and `school` ones anywhere near it. `not_schools` are names that only sound like a school's.
    """

    institution: Names = ()
    work: Names = ()
    beside: Names = ()
    school: Names = ()
    not_schools: Names = ()


class Organisation(Strict):
    """The whole file; everything but the trust's name can be left out."""

    trust: Body
    school: tuple[Body, ...] = ()
    council: Body | None = None
    classes: Classes = Classes()
    trap: tuple[Trap, ...] = ()
    words: Vocabulary = Vocabulary()

    @model_validator(mode="after")
    def _names_apart(self) -> Self:
        names = Counter(_folded(name) for body in self.bodies for name in body.names)
        for name, count in names.items():
            if count > 1:
                raise ValueError(f"the name “{name}” is given to {count} bodies")
        for trap in self.trap:
            if trap.name and _folded(trap.name) not in set(_all_names(self.bodies)):
                raise ValueError(f"a trap is set for “{trap.name}”, which nothing here is called")
        return self

    @classmethod
    def unnamed(cls) -> Self:
        """Give the organisation of a pack that names none; nothing is ever recognized as belonging to it."""
        return cls.model_construct(trust=Body.model_construct(name=""))

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The trust, its schools and the council, those that are given."""
        return tuple(body for body in (self.trust, *self.school, self.council) if body and body.name)


def _all_names(bodies: Iterable[Body]) -> Iterator[str]:
    for body in bodies:
        yield from map(_folded, (*body.names, *body.hints, *body.generic))
