"""A people list as it was understood, and how that is told to the person who exported it."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from tasmat_check.models import Person
from tasmat_check.wording import keys

_PLURALS = {"pupil": "pupils", "governor": "governors", "trustee": "trustees", "parent": "parents", "staff": "staff"}


@dataclass(frozen=True, slots=True)
class Omission:
    """A row that was left out: its line in the file (from 1) and why. Says nothing about who stands there."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The people of one file with notes on how they were read. Names never show in its repr.

    `columns` maps each field to the heading it came from, `unused` are headings not needed, `role_from` says in words
    where roles come from, `repeated` holds the lines of rows that only say again what an earlier row said.
    """

    source: str
    people: tuple[Person, ...] = field(repr=False)
    columns: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    role_from: str = ""
    omitted: tuple[Omission, ...] = ()
    repeated: tuple[int, ...] = ()

    @property
    def roles(self) -> Counter[str]:
        """Count the people by role."""
        return Counter(person.role for person in self.people)

    @property
    def namesakes(self) -> int:
        """Count the full names that more than one person bears."""
        names = Counter((keys(person.forename), keys(person.surname)) for person in self.people)
        return sum(1 for count in names.values() if count > 1)


def describe(people: PeopleList, ambiguous_words: Container[str] = frozenset()) -> Iterator[str]:
    """Tell in plain lines how a list was understood; names appear only where they are also words."""
    roles = ", ".join(f"{count} {_plural(role, count)}" for role, count in people.roles.most_common())
    yield f"{people.source}: {_number(len(people.people), 'person', 'people')} ({roles})."
    yield "Columns: " + "; ".join(f"{name} from “{heading}”" for name, heading in people.columns.items()) + "."
    if people.unused:
        yield "Columns not needed: " + ", ".join(f"“{heading}”" for heading in people.unused) + "."
    yield f"Roles: {people.role_from}."
    yield from _left_out(people)
    if people.namesakes:
        yield f"Shared names: {_number(people.namesakes, 'full name belongs', 'full names belong')} to several people."
    if words := sorted(set(_also_words(people, ambiguous_words))):
        yield (
            f"Names that are also words or very common: {', '.join(words)}. Alone they count only beside a class, "
            "a school word or a family word, as in “Grace's mum, Year 3”."
        )


def _left_out(people: PeopleList) -> Iterator[str]:
    if people.omitted:
        yield f"Left out: {_number(len(people.omitted), 'row', 'rows')}."
        for omission in people.omitted:
            yield f"  line {omission.line}: {omission.reason}"
    if people.repeated:
        lines = ", ".join(str(line) for line in people.repeated)
        yield f"Repeated rows, counted once: {'line' if len(people.repeated) == 1 else 'lines'} {lines}."


def _also_words(people: PeopleList, ambiguous_words: Container[str]) -> Iterator[str]:
    for person in people.people:
        for name in (person.forename, person.preferred, person.surname):
            if "".join(keys(name)) in ambiguous_words:
                yield name


def _plural(role: str, count: int) -> str:
    return role if count == 1 else _PLURALS.get(role, role)


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
