"""The phrase language: how rules and lexicons say what wording they mean.

    i work at <SCHOOL>          words, in any case, apostrophes optional; <LABEL> stands for an entity
    teach*                      a word that begins so
    {insult}                    any phrase of the lexicon insult.txt
    (a|an|one of the)?          a choice; ? makes a word, class or choice optional
    my ~3 class                 up to three words in between (~ alone: three); at the end, as many as the sentence has
    year #                      a number
    ^add me, … lol$             the start or the end of a sentence
    <PERSON:pupil>              a person whom the people list has in that role (listed: in any; unlisted: not at all)

A match never crosses the end of a sentence. Matching takes the set of all ends a pattern can reach from a start, so
its cost is bounded by words × elements: no pattern can hang.
"""

from tasmat_check.phrases.elements import EntityClass, LexiconClass, Phrase, Text
from tasmat_check.phrases.parsing import parse, plain_keys
from tasmat_check.phrases.plain import PlainPhrases
from tasmat_check.phrases.triggers import FREQUENT_WORDS, Signs, Trigger

__all__ = [
    "FREQUENT_WORDS",
    "EntityClass",
    "LexiconClass",
    "Phrase",
    "PlainPhrases",
    "Signs",
    "Text",
    "Trigger",
    "parse",
    "plain_keys",
]
