"""Recognizes e-mail addresses, plain ones and those written for people only ("sam at example dot org")."""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.contacts.domains import is_known, without_next_sentence
from tasmat_check.recognizers.contacts.ip_addresses import is_ip_address
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording, keys

# Combining marks are no \w, but Hebrew, Arabic, Thaana and Devanagari names need them.
_LETTER = r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u07a6-\u07b0\u0900-\u0903\u093a-\u094f-"
_LOCAL_REVERSED = re.compile(r'[\w.+\'%~#!$*-]+|"[^"\s]{1,60}"')
_DOMAIN = re.compile(rf"[{_LETTER}]++(?:\.[{_LETTER}]++)+|\[[0-9a-fA-F.:]{{3,45}}\]")

# What stands for @ and for the full stop where an address is hidden from robots.
_WORTH_READING = re.compile(
    r"[\[({<]\s?(?:at|@)\s?[\])}>]|\bdot\b|\s@\s|(?:@|\bat )(?:gmail|hotmail|googlemail|icloud)\b"
)
_AT = re.compile(r"\s{0,3}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,3}|\s{1,3}(?:@|at)\s{1,3}|(?<=\w)@(?=\w)")
_DOT = re.compile(r"\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2}|\s{1,2}dot\s{1,2}|\s\.\s|\.(?=\w)")
_LABEL = re.compile(r"[a-z0-9-]{1,63}")
_LOCAL = re.compile(r"(?:[\w+-]{1,40}(?:\s{1,2}(?:dot|underscore)\s{1,2}|[\[(](?:dot|\.)[\])]|\.))*[\w+-]{1,40}$")
_PROVIDERS = frozenset(
    keys(
        "gmail googlemail hotmail outlook yahoo icloud live aol btinternet sky msn me protonmail proton talktalk "
        "ymail mail virginmedia ntlworld"
    )
)
_BARE_PROVIDERS = frozenset(("gmail", "hotmail", "googlemail", "icloud"))
_NO_NAMES = frozenset(
    keys(
        "a an the me us you him her it them this that look find online available here there page site website now "
        "order book visit see out is was are be shop blog work working live lives found up more details join meet "
        "back open on and or both all start starts today tonight stay staying sold listed tickets list based please "
        "free email mail message contact stuff things info"
    )
) - {"info", "contact", "shop"}
_CUE = re.compile(r"\b(?:e-?mail|mail|inbox|contact)")
# An address cut short, "office@torfield", rather than a word that hides a letter, "b@stard".
_CUT_SHORT = re.compile(r"(?<![\w@.+-])([a-z][\w.+-]{2,40})@([a-z][a-z-]{3,30})(?![\w@.-]*\w)")
_ROLES = frozenset(
    keys("admin office info enquiries hello reception head senco finance bursar secretary safeguarding contact nurse")
)
_WINDOW = 80


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find e-mail addresses; plain ones score 0.95, hidden ones 0.6–0.8."""
    plain: list[Span] = []
    if "@" in wording.text:
        for span in _plain(wording.text):
            plain.append(span)
            yield entity_at(wording, "EMAIL_ADDRESS", span, 0.95)
        yield from _cut_short(wording)
    if _WORTH_READING.search(wording.folded.text) is None:
        return
    for span, score in _hidden(wording):
        if not any(span.overlaps(other) for other in plain):
            yield entity_at(wording, "EMAIL_ADDRESS", span, score)


def _plain(text: str) -> Iterator[Span]:
    position = text.find("@")
    while position >= 0:
        end = _domain_end(text, position + 1)
        start = _local_start(text, position) if end else position
        if end and start < position:
            yield Span(start, end)
        position = text.find("@", max(position + 1, end))


def _local_start(text: str, position: int) -> int:
    """Find where the part before the @ begins; `position` itself when there is none."""
    backwards = text[max(0, position - _WINDOW) : position][::-1]
    match = _LOCAL_REVERSED.match(backwards)
    if match is None or match.group()[0] == ".":
        return position
    local = match.group()[::-1].rpartition("..")[2]
    start = position - len(local.lstrip(".'*~#!$%-"))
    if start and text[start - 1] == "@":
        return position
    return start - 7 if text[max(0, start - 7) : start].lower() == "mailto:" else start


def _domain_end(text: str, start: int) -> int:
    match = _DOMAIN.match(text, start, start + 260)
    if match is None:
        return 0
    domain = match.group()
    if domain.startswith("["):
        return match.end() if is_ip_address(domain[1:-1]) else 0
    labels = without_next_sentence(domain.split("."))
    return start + len(".".join(labels)) if _is_domain(labels) else 0


def _is_domain(labels: list[str]) -> bool:
    if any(len(label) > 63 or "-" in (label[0], label[-1]) for label in labels):
        return False
    ending = labels[-1]
    return len(ending) > 1 and not any(character.isdecimal() for character in ending.removeprefix("xn--")[:1])


def _cut_short(wording: Wording) -> Iterator[Entity]:
    text = wording.folded.text
    for match in _CUT_SHORT.finditer(text):
        cue = _CUE.search(text, max(0, match.start() - 40), match.start())
        if match.group(2) in _BARE_PROVIDERS or not (cue or match.group(1) in _ROLES):
            continue
        span = wording.folded.original(match.start(), match.end())
        yield entity_at(wording, "EMAIL_ADDRESS", span, 0.6)


def _hidden(wording: Wording) -> Iterator[tuple[Span, float]]:
    text = wording.folded.text
    for match in _AT.finditer(text):
        end, score = _spoken_domain(text, match)
        if not score:
            continue
        local = _LOCAL.search(text, max(0, match.start() - _WINDOW), match.start())
        if local is None or local.group() in _NO_NAMES:
            continue
        if score < 0.8 and not _telling(text, local):
            continue
        yield wording.folded.original(local.start(), end), score


def _telling(text: str, local: re.Match[str]) -> bool:
    """Say whether a name, or what stands before it, shows that an address is being given."""
    marked = any(character.isdecimal() or character in "._" for character in local.group())
    return marked or _CUE.search(text, max(0, local.start() - 40), local.start()) is not None


def _spoken_domain(text: str, at: re.Match[str]) -> tuple[int, float]:
    """Give where a domain that follows a stand-in for @ ends, and how sure it is; a score of 0 means none."""
    labels: list[str] = []
    end, known, spelled, known_spelled = at.end(), 0, False, False
    position: int = at.end()
    while len(labels) < 5 and (label := _LABEL.match(text, position)) is not None:
        labels.append(label.group())
        end = label.end()
        if len(labels) > 1 and is_known(labels[-1]):
            known, known_spelled = end, spelled
        dot = _DOT.match(text, end)
        if dot is None:
            break
        spelled = spelled or dot.group() != "."
        position = dot.end()
    bracketed = at.group().strip()[:1] in ("[", "(", "{", "<")
    if known:
        return known, _certainty(at, labels[0], bracketed=bracketed, spelled=known_spelled)
    return end, 0.6 if len(labels) == 1 and labels[0] in _BARE_PROVIDERS else 0.0


def _certainty(at: re.Match[str], first: str, *, bracketed: bool, spelled: bool) -> float:
    if bracketed or spelled:
        return 0.8
    if at.group().strip() != "@":
        return 0.0
    return 0.8 if first in _PROVIDERS else 0.6
