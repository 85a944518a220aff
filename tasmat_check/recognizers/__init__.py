"""Recognizers: mark entities in a text. One module a kind; this one runs them all."""

from collections.abc import Container, Iterable, Iterator, Sequence

from tasmat_check.meaning import Meaning
from tasmat_check.models import Entity, Person
from tasmat_check.pack import Pack
from tasmat_check.people import PeopleMatcher
from tasmat_check.recognizers import contacts, identifiers, spacing
from tasmat_check.recognizers.identifiers.class_codes import ClassCodeRecognizer, ClassScheme
from tasmat_check.recognizers.listed_phrases import ListedPhraseRecognizer
from tasmat_check.recognizers.names import NameRecognizer
from tasmat_check.recognizers.organisation import OrganisationRecognizer
from tasmat_check.recognizers.settling import settle
from tasmat_check.wording import Wording


class Recognizers:
    """Every recognizer, ready to run."""

    def __init__(self, pack: Pack, people: Iterable[Person], pipeline: str | None = None) -> None:
        """Prepare the recognizers for a pack's organisation and a people list; `pipeline` names a spaCy pipeline."""
        scheme = pack.organisation.classes
        self._organisation = OrganisationRecognizer(pack.organisation)
        self._class_codes = ClassCodeRecognizer(ClassScheme(scheme.codes, scheme.words, scheme.names))
        self._listed_phrases = ListedPhraseRecognizer(pack.lexicons)
        self._people = _people_matcher(pack, tuple(people))
        self._names = NameRecognizer(pack.lexicons, pipeline)

    def recognize_many(
        self, wordings: Sequence[Wording], meanings: Sequence[Meaning | None], printed: Container[int] = ()
    ) -> list[tuple[Entity, ...]]:
        """Give the settled entities of each text; names come last, since no other entity holds one.

        `printed` holds the numbers of the texts read from pictures, whose spaces are not to be trusted.
        """
        found = self._recognize_many(wordings, meanings)
        for number, wording in enumerate(wordings):
            if number in printed:
                found[number] = self._read_again(wording.text, found[number])
        return found

    def _read_again(self, text: str, known: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Add what is seen only with other spaces."""
        reading = spacing.respaced(text)
        if reading.text == text:
            return known
        (again,) = self._recognize_many([Wording(reading.text)], [None])
        return settle(spacing.completed(known, again, text, reading))

    def _recognize_many(
        self, wordings: Sequence[Wording], meanings: Sequence[Meaning | None]
    ) -> list[tuple[Entity, ...]]:
        others = [list(self._all_but_names(wording)) for wording in wordings]
        known = [[entity.span for entity in entities] for entities in others]
        names = self._names.recognize_many(zip(wordings, known, meanings, strict=True))
        return [settle([*entities, *found]) for entities, found in zip(others, names, strict=True)]

    def _all_but_names(self, wording: Wording) -> Iterator[Entity]:
        yield from contacts.recognize(wording)
        yield from identifiers.recognize(wording)
        yield from self._organisation.recognize(wording)
        yield from self._class_codes.recognize(wording)
        yield from self._listed_phrases.recognize(wording)
        yield from self._people.recognize(wording)


def _people_matcher(pack: Pack, people: tuple[Person, ...]) -> PeopleMatcher:
    if not people:
        return PeopleMatcher((), frozenset(), {})
    lexicons = ("names-also-words", "first-names", "common-words")
    also_words, forenames, words = (frozenset(pack.lexicons.get(name, ())) for name in lexicons)
    return PeopleMatcher(people, also_words, pack.nicknames, forenames, words)
