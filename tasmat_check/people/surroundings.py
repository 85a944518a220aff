"""Reads what stands around a name: capitals, family and school words, classes and years nearby."""

import re
from collections import defaultdict
from functools import cached_property
from itertools import pairwise

from tasmat_check.folding import fold
from tasmat_check.models import Person
from tasmat_check.people.vocabulary import (
    BEFORE_SEASONS,
    DEEDS,
    FAMILY_WORDS,
    NUMBER_WORDS,
    RELATIONS_AND_FIGURES,
    SCHOOL_WORDS,
    TITLES,
)
from tasmat_check.wording import Word, Wording, keys

_SCHOOL_PHRASES = frozenset({("parents", "evening"), ("social", "worker"), ("carpet", "time"), ("reading", "book")})
_YEAR_WORDS = frozenset({"year", "years", "yr", "yrs", "y"})
_NUMBERS = {word: str(number) for number, word in enumerate(NUMBER_WORDS, 1)} | {"reception": "R"}
_YEAR_IN_WORD = re.compile(r"(?:year|yr|y)(1[0-3]|[1-9])s?")
_CLASS_CODE = re.compile(r"(1[0-3]|[1-9])[A-Z]{1,2}\d?")
_YEAR_AFTER = re.compile(r"(1[0-3]|[1-9])s?")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_JOINT = re.compile(rf"[ \u00a0\t\-–‑_'’*{_INVISIBLE}]{{0,4}}")
_STOP_JOINT = re.compile(rf"\.[ \u00a0{_INVISIBLE}]?|\. ?-? ?")
_COMMA_JOINT = re.compile(r" ?,? {0,2}")
_NAMED_JOINT = re.compile(r"\.? ?[\"“”'‘’(]?[\"“”'‘’)]?\.? ?[\"“”'‘’)]?")


class Surroundings:
    """One wording as the matcher looks at it; everything dear is worked out once and only when asked."""

    def __init__(self, wording: Wording) -> None:
        self.text = wording.text
        self.words = (
            wording.words
            if "@" not in wording.text
            else tuple(_before_at(word, wording.text) for word in wording.words)
        )

    def capitalised(self, index: int) -> bool:
        """Say whether a word has a capital that means something: not one shouted among shouted words."""
        word = self.words[index]
        if not self.text[word.start].isupper():
            return False
        return not (self._shouted(index) and (self._shouted(index - 1) or self._shouted(index + 1)))

    def opens_sentence(self, index: int) -> bool:
        """Say whether a word is the first of its sentence, where any word has a capital."""
        return index == 0 or self.words[index - 1].sentence != self.words[index].sentence

    def possessive(self, index: int) -> bool:
        """Say whether a word ends in a possessive s."""
        return self.words[index].key != self.words[index].stem

    def joined(self, index: int) -> bool:
        """Say whether a word and the next can be two parts of one name."""
        gap = self.gap(index)
        if gap is None:
            return False
        if _JOINT.fullmatch(gap):
            return True
        return bool(_STOP_JOINT.fullmatch(gap)) and (len(self.words[index].stem) == 1 or gap == ".")

    def joined_by_comma(self, index: int) -> bool:
        """Say whether a word and the next can be a surname and its forename."""
        gap = self.gap(index)
        return gap is not None and bool(_COMMA_JOINT.fullmatch(gap) or _JOINT.fullmatch(gap))

    def joined_loosely(self, index: int) -> bool:
        """Say whether a word and the next can stand in one name with a middle or called name."""
        gap = self.gap(index)
        return gap is not None and bool(_NAMED_JOINT.fullmatch(gap))

    def titled(self, index: int) -> bool:
        """Say whether a word is a title that belongs to the next word."""
        gap = self.gap(index)
        return gap is not None and self.words[index].stem in TITLES and gap.strip(" \u00a0") in ("", ".")

    def gap(self, index: int) -> str | None:
        """Give what stands between a word and the next; None at the end."""
        if index + 1 >= len(self.words):
            return None
        return self.text[self.words[index].end : self.words[index + 1].start]

    def beside_other_name(self, start: int, stop: int) -> bool:
        """Say whether a capitalised word touches words start to stop, so that they are part of another's name."""
        if stop < len(self.words) and self.gap(stop - 1) in (" ", "-") and not self.possessive(stop - 1):
            follower = self.words[stop]
            if self.capitalised(stop) and len(follower.key) > 1 and not self._plain(follower):
                return True
        before = start - 1
        if before < 0 or self.gap(before) not in (" ", "-") or self.opens_sentence(before) or self.possessive(before):
            return False
        return self.capitalised(before) and len(self.words[before].key) > 1 and not self._plain(self.words[before])

    def own_family(self, start: int) -> bool:
        """Say whether the word before makes the name a relative, a pet or a figure ("my nephew Jack")."""
        return start > 0 and self.words[start - 1].key in RELATIONS_AND_FIGURES and self.gap(start - 1) in (" ", ", ")

    def calendar(self, start: int) -> bool:
        """Say whether the word before makes a month or season of the next ("this Summer", "in May")."""
        return start > 0 and self.words[start - 1].key in BEFORE_SEASONS

    def family_follows(self, stop: int) -> bool:
        """Say whether words up to stop own a family word: "Grace's mum", or "graces mum" without its apostrophe."""
        return stop < len(self.words) and self.possessive(stop - 1) and self.words[stop].stem in FAMILY_WORDS

    def family_word(self, index: int) -> bool:
        """Say whether a word is a family word."""
        return self.words[index].stem in FAMILY_WORDS

    def place_follows(self, stop: int) -> bool:
        """Say whether a class can be attached to the words up to stop: "Grace in 3B", "Grace, Year 3"."""
        gap = self.gap(stop - 1)
        return gap is not None and (self.words[stop].key in ("in", "from", "of") or gap.strip()[:1] in {",", "(", "-"})

    def in_my_class(self, stop: int) -> bool:
        """Say whether "in my" or "in our" follows the words up to stop, as in "Jack in my class"."""
        following = self.words[stop : stop + 2]
        return [word.key for word in following] in (["in", "my"], ["in", "our"])

    def acts(self, stop: int) -> bool:
        """Say whether the word after tells what someone did, so that a name stands before it."""
        return stop < len(self.words) and (self.words[stop].key in DEEDS or self.possessive(stop - 1))

    def at_school(self, index: int) -> bool:
        """Say whether a school word, class or year stands in the same or a neighbouring sentence."""
        sentence = self.words[index].sentence
        return not self._school_sentences.isdisjoint((sentence - 1, sentence, sentence + 1))

    def in_own_class(self, index: int, person: Person) -> bool:
        """Say whether the person's own class or year stands in the same or a neighbouring sentence."""
        sentence = self.words[index].sentence
        return any(
            not self._mentions[mention].isdisjoint((sentence - 1, sentence, sentence + 1))
            for mention in _belongings(person)
            if mention in self._mentions
        )

    def end(self, index: int) -> int:
        """Give where a word ends in the text without its possessive s."""
        word = self.words[index]
        if word.key == word.stem:
            return word.end
        folded = fold(self.text[word.start : word.end])
        apostrophe = folded.text.rfind("'")
        return word.start + folded.origins[apostrophe] if apostrophe > 0 else word.end

    def _shouted(self, index: int) -> bool:
        if not 0 <= index < len(self.words):
            return False
        word = self.words[index]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()

    @staticmethod
    def _plain(word: Word) -> bool:
        return word.key in SCHOOL_WORDS or word.key in _YEAR_WORDS or word.key in FAMILY_WORDS or word.key in TITLES

    @cached_property
    def _school_sentences(self) -> set[int]:
        words = self.words
        sentences = {word.sentence for word in words if word.stem in SCHOOL_WORDS}
        sentences.update(b.sentence for a, b in pairwise(words) if (a.stem, b.stem) in _SCHOOL_PHRASES)
        sentences.update(word.sentence for word in words if word.stem == "miss" and self.text[word.start] == "M")
        return sentences.union(*(self._mentions[mention] for mention in self._mentions if " " in mention))

    @cached_property
    def _mentions(self) -> dict[str, set[int]]:
        """Sentences by the year ("year 8"), class in words ("oak class") or code with a digit they mention."""
        mentions: defaultdict[str, set[int]] = defaultdict(set)
        for index, word in enumerate(self.words):
            following = self.words[index + 1].stem if index + 1 < len(self.words) else ""
            if year := self._year(word, following):
                mentions[f"year {year}"].add(word.sentence)
            if following in ("class", "form"):
                mentions[f"{word.stem} class"].add(word.sentence)
            if not word.stem.isalpha():
                mentions[word.stem].add(word.sentence)
        return dict(mentions)

    def _year(self, word: Word, following: str) -> str:
        if word.key == "reception":
            return "R"
        if match := _CLASS_CODE.fullmatch(self.text, word.start, word.end) or _YEAR_IN_WORD.fullmatch(word.stem):
            return match.group(1)
        if word.key not in _YEAR_WORDS:
            return ""
        if match := _YEAR_AFTER.fullmatch(following):
            return match.group(1)
        return _NUMBERS.get(following, "")


def _before_at(word: Word, text: str) -> Word:
    """Cut a word at its @: what stands before it in an email address may be a name."""
    local, at, _ = word.stem.partition("@")
    end = text.find("@", word.start, word.end)
    return Word(local, local, word.start, end, word.sentence) if at and end > 0 else word


def _belongings(person: Person) -> list[str]:
    """Give the mentions that speak of someone's class or year."""
    group = "".join(keys(person.group)).removesuffix("class")
    year = person.year or "".join(re.findall(r"^\d{1,2}", group))
    mentions = [f"year {year}"] if year else []
    if any(character.isdigit() for character in group):
        mentions.append(group)
    elif group:
        mentions.append(f"{group} class")
    return mentions
