"""Reads single cells of a people list: names in one piece, years, and cells that only look filled."""

import re

from tasmat_check.people.vocabulary import LIST_TITLES, PARTICLES

_PLACEHOLDERS = frozenset({"n/a", "na", "none", "null", "nil", "tbc", "not known", "#n/a"})
_CALLED = re.compile(r"[(\[\"“]\s*([^()\[\]\"“”]+?)\s*[)\]\"”]")
_YEAR = re.compile(r"(?:(?:nc\s*)?(?:year|yr|y)\.?\s*)?(?:group\s*)?0*(\d{1,2})", re.IGNORECASE)
_EARLY_YEARS = {"r": "R", "rec": "R", "reception": "R", "yr": "R", "n": "N", "nursery": "N"}


def clean(cell: str) -> str:
    """Trim a cell, undo a spreadsheet's ="…" guard, and empty placeholders such as "-" or "N/A"."""
    text = " ".join(cell.split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.strip(" *'‘’,")
    if len(text) > 1 and text[0] in '"“' and text[-1] in '"”' and not any(mark in text[1:-1] for mark in '"“”'):
        text = text[1:-1].strip()
    if text.lower() in _PLACEHOLDERS or not any(character.isalnum() for character in text):
        return ""
    return text


def read_year(cell: str) -> str:
    """Shorten a year group ("Year 07" → "7", "Reception" → "R"); anything else stays as it is."""
    text = clean(cell)
    if early := _EARLY_YEARS.get(text.lower().removeprefix("year ")):
        return early
    match = _YEAR.fullmatch(text)
    return match.group(1) if match else text


def without_title(name: str) -> str:
    """Drop "Mr", "Dr" and the like from the front of a name."""
    first, _, rest = name.partition(" ")
    return rest.strip() if rest and first.rstrip(".").lower() in LIST_TITLES else name


def split_name(name: str) -> tuple[str, str, str]:
    """Split a whole name into forename, surname and the name in brackets or quotes, each possibly empty.

    "Surname, Forename" and "SURNAME Forename" are told by comma and capitals; otherwise the last word and the
    particles before it ("van der Berg") are the surname.
    """
    bare, called = split_called(name)
    forename, surname = _halves(bare)
    return without_title(forename), without_title(surname), called


def split_called(name: str) -> tuple[str, str]:
    """Take the name in brackets or quotes, by which someone is called, out of a name."""
    called = _CALLED.search(name)
    if not called:
        return name, ""
    return " ".join(_CALLED.sub(" ", name).split()).strip(" ,"), called.group(1)


def _halves(name: str) -> tuple[str, str]:
    surname, comma, forename = name.partition(",")
    if comma:
        parts = without_title(forename.strip()).split()
        return " ".join(part for part in parts if part.rstrip(".").lower() not in LIST_TITLES), surname.strip()
    words = name.split()
    titled = len(words) > 1 and words[0].rstrip(".").lower() in LIST_TITLES
    words = words[1:] if titled else words
    if len(words) < 2:
        return ("", "".join(words)) if titled else ("".join(words), "")
    capitals = [len(word) > 1 and word.isupper() for word in words]
    if capitals[0] and not capitals[-1]:
        split = capitals.index(False)
        return " ".join(words[split:]), " ".join(words[:split])
    split = len(words) - 1
    while split > 1 and words[split - 1].lower() in PARTICLES:
        split -= 1
    return " ".join(words[:split]), " ".join(words[split:])
