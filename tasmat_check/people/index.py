"""The names of a people list, arranged so that a word of a text finds its candidates in one step."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tasmat_check.models import Person
from tasmat_check.people.slips import SlipIndex
from tasmat_check.people.variants import Form, Use, forename_forms, initials, surname_forms
from tasmat_check.wording import Word, keys

People = frozenset[int]
_NOBODY: People = frozenset()
_SHORTEST_IN_HANDLE = 5


class NameTable:
    """Forms of forenames or of surnames, found by their first word."""

    def __init__(self, forms: Iterable[tuple[Form, int]]) -> None:
        bearers: defaultdict[Form, set[int]] = defaultdict(set)
        for form, person in forms:
            bearers[form].add(person)
        table: defaultdict[str, list[tuple[Form, People]]] = defaultdict(list)
        for form, people in bearers.items():
            table[form.parts[0]].append((form, frozenset(people)))
        for entries in table.values():
            entries.sort(key=lambda entry: (-len(entry[0].parts), entry[0].use))
        self.table: Mapping[str, list[tuple[Form, People]]] = dict(table)
        self.slips = SlipIndex(form.parts[0] for form in bearers if len(form.parts) == 1)

    def at(self, words: Sequence[Word], index: int) -> Iterator[tuple[int, Form, People]]:
        """Yield the forms that stand at a word, longest first, each with the index after its last word."""
        if index >= len(words):
            return
        for form, people in self.table.get(words[index].stem, ()):
            stop = index + len(form.parts)
            if len(form.parts) == 1 or tuple(word.stem for word in words[index:stop]) == form.parts:
                yield stop, form, people

    def nearly(self, word: str) -> Iterator[tuple[Form, People]]:
        """Yield the one-word forms that are one slip away from a word."""
        for name in sorted(self.slips.near(word)):
            for form, people in self.table[name]:
                if len(form.parts) == 1:
                    yield form, people

    def bearers(self, word: str, use: Use) -> People:
        """Give everyone who bears a one-word form at least as freely used as `use`."""
        found = (people for form, people in self.table.get(word, ()) if form.parts == (word,) and form.use <= use)
        return _NOBODY.union(*found)


class NameIndex:
    """Everything the matcher looks names up in. People are numbered in the order of the list."""

    def __init__(self, people: Sequence[Person], nicknames: Mapping[str, Collection[str]]) -> None:
        self.people = people
        formal_names: defaultdict[str, list[str]] = defaultdict(list)
        for formal, shorts in nicknames.items():
            for short in shorts:
                formal_names[short].append(formal)
        forenames = [list(forename_forms(person, nicknames, formal_names)) for person in people]
        surnames = [list(surname_forms(person)) for person in people]
        self.forenames = NameTable((form, number) for number, forms in enumerate(forenames) for form in forms)
        self.surnames = NameTable((form, number) for number, forms in enumerate(surnames) for form in forms)
        self.initials = _gather((pair, number) for number, person in enumerate(people) for pair in initials(person))
        self.joined = _gather(
            (joined, number)
            for number, (first, last) in enumerate(zip(forenames, surnames, strict=True))
            for joined in _joined(first, last)
        )
        self.handles = _gather((handle, number) for number, person in enumerate(people) for handle in _handles(person))
        self.starts = frozenset(self.forenames.table) | frozenset(self.surnames.table) | frozenset(self.joined)

    def with_initial(self, people: People, start: str, *, of_surname: bool) -> People:
        """Keep those whose surname, or forename, begins with a letter or letters."""
        return frozenset(number for number in people if _begins(self.people[number], start, of_surname=of_surname))


def _begins(person: Person, start: str, *, of_surname: bool) -> bool:
    names = (person.surname,) if of_surname else (person.forename, person.preferred)
    return any("".join(keys(name)).startswith(start) for name in names)


def _joined(forenames: Iterable[Form], surnames: Iterable[Form]) -> Iterator[str]:
    """Give full names in one word, as hashtags and handles have them."""
    lasts = ["".join(form.parts) for form in surnames if form.use is Use.ALONE]
    for form in forenames:
        first = "".join(form.parts)
        for last in lasts:
            if form.use is not Use.BESIDE and len(first) + len(last) > 5:
                yield first + last
                yield last + first


def _handles(person: Person) -> Iterator[str]:
    """Give initial and surname in one word; as ordinary words ("trainer") these count only in handles."""
    surname = "".join(keys(person.surname))
    for name in (person.forename, person.preferred):
        if name and len(surname) >= _SHORTEST_IN_HANDLE:
            yield "".join(keys(name))[:1] + surname
            yield surname + "".join(keys(name))[:1]


def _gather(pairs: Iterable[tuple[str, int]]) -> Mapping[str, People]:
    gathered: defaultdict[str, set[int]] = defaultdict(set)
    for key, person in pairs:
        gathered[key].add(person)
    return {key: frozenset(people) for key, people in gathered.items()}
