"""Recognizes web addresses, with or without their scheme, the way the platforms turn them into links.

Follows what twitter-text and linkify-it document: which characters a link may hold, and which belong to the sentence
around it. IP addresses are read by `ip_addresses`.
"""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.contacts.domains import FOREIGN, is_doubtful, is_known, is_suffix, without_next_sentence
from tasmat_check.recognizers.contacts.ip_addresses import is_ip_address
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording

_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0400-\u04ff"
_CJK = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff66-\uff9f"
_WORTH_READING = re.compile(rf"://|(?:^|\s)//\w|[\w-]\.[{_LATIN}{_CJK}\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")
_SCHEME = re.compile(r"(?<![A-Za-z0-9_#@＠＃$])(?:(?:https?|ftps?):|(?<![^\s(]))//", re.IGNORECASE)
_REST = re.compile(r"[^\s<>\"“”«»｜\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_HOST = re.compile(
    rf"[^\s/?#:@\[\]\\,;!()'\"…。、|+]+?(?=\.(?:com|org|net|jp|co)[{_CJK}])\.[a-z]+|[^\s/?#:@\[\]\\,;!()'\"…。、|+&=*]+"
)
_BARE = re.compile(
    rf"(?<![{_LATIN}_@＠#＃$/.%=+-])"
    rf"[{_LATIN}_-]++(?:\.[{_LATIN}_-]++)*+(?:\.(?:{'|'.join(FOREIGN)}))?(?![@＠])"
)
_PORT = re.compile(r":\d{1,5}(?!\d)")
_SHORTENED = re.compile(r"/[A-Za-z0-9]+(?:\?[^\s'\"]*)?")
_TAIL = re.compile(rf"(?:[^{_CJK}]|(?<=/)[{_CJK}]+)*")
_TRAILING = ".,!?:;'\"*…’”>)]}"
_CLOSING = {")": "(", "]": "[", "}": "{"}
_LONGEST = 4096


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find web addresses; those with a scheme, www. or a path score highest, a slip of the full stop lowest."""
    text = wording.text
    if _WORTH_READING.search(text) is None:
        return
    taken = 0
    found = [*_with_scheme(text)]
    spans = iter(found)
    coming = next(spans, None)
    for span, score in _bare(text):
        while coming is not None and coming.start <= span.start:
            yield entity_at(wording, "URL", coming, 0.95)
            taken, coming = coming.end, next(spans, None)
        if span.start >= taken:
            yield entity_at(wording, "URL", span, score)
            taken = span.end
    while coming is not None:
        yield entity_at(wording, "URL", coming, 0.95)
        coming = next(spans, None)


def _with_scheme(text: str) -> Iterator[Span]:
    position = 0
    while (match := _SCHEME.search(text, position)) is not None:
        position = match.end()
        rest = _REST.match(text, match.end(), match.end() + _LONGEST)
        length = _extent(rest.group()) if rest else 0
        if length:
            position = match.end() + length
            yield Span(match.start(), position)


def _extent(rest: str) -> int:
    """Give how much of what follows a scheme belongs to the address; 0 when it names no host."""
    user, at, _ = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")
    if at and (user.startswith(":") or "@" in user):
        return 0
    start = len(user) + len(at)
    end = _host_end(rest, start)
    if not end:
        return 0
    port = _PORT.match(rest, end)
    end = port.end() if port else end
    return _tail_end(rest, start, end)


def _host_end(rest: str, start: int) -> int:
    if rest[start : start + 1] == "[":
        end = rest.find("]", start) + 1
        return end if end and is_ip_address(rest[start + 1 : end - 1]) else 0
    match = _HOST.match(rest, start)
    if match is None:
        return 0
    host = match.group().rstrip(".")
    if host.lower() != "localhost" and not _is_host(host):
        return 0
    rooted = match.group() == host + "." and rest[match.end() : match.end() + 1] == "/"
    return start + len(host) + rooted


def _is_host(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or any(not label or len(label) > 63 or "-" in (label[0], label[-1]) for label in labels):
        return False
    if labels[-1].isdecimal():
        return len(labels) == 4 and is_ip_address(host)
    return len(labels[-1]) > 1 and not labels[-1][0].isdecimal() and "_" not in labels[-1] + labels[-2]


def _tail_end(text: str, host: int, end: int) -> int:
    """Take in path, query and fragment, and leave the sentence's own punctuation out."""
    if text[end : end + 1] not in ("/", "?", "#") or not text[end : end + 1]:
        return end
    if text[host:end].lower() == "t.co":
        short = _SHORTENED.match(text, end)
        return short.end() if short else end
    tail = _REST.match(text, end, end + _LONGEST)
    kept = _TAIL.match(tail.group()) if tail else None
    return end + len(_trimmed(kept.group())) if kept else end


def _trimmed(tail: str) -> str:
    surplus = {closing: tail.count(closing) - tail.count(opening) for closing, opening in _CLOSING.items()}
    end = len(tail)
    while end and tail[end - 1] in _TRAILING:
        closing = tail[end - 1]
        if closing in surplus:
            if surplus[closing] <= 0:
                break
            surplus[closing] -= 1
        end -= 1
    return tail[:end]


def _bare(text: str) -> Iterator[tuple[Span, float]]:
    for match in _BARE.finditer(text):
        labels = _domain(match.group().split("."))
        if labels is None:
            continue
        host = match.start() + len(".".join(labels))
        if host == match.end():
            port = _PORT.match(text, host)
            end = _tail_end(text, match.start(), port.end() if port else host)
        else:
            end = host
        sure = end > host + 1 or labels[0].lower() == "www"
        score = 0.9 if sure else 0.4 if is_doubtful(labels) else 0.85
        yield Span(match.start(), end), score


def _domain(labels: list[str]) -> list[str] | None:
    """Give the labels that make up a domain, without a next sentence that was typed straight after it."""
    if len(labels) < 2:
        return None
    labels = without_next_sentence(labels)
    if not is_known(labels[-1]) or is_suffix(labels) or not _is_host(".".join(labels)):
        return None
    # "by the sword.It is": a new sentence.
    if is_doubtful(labels) and labels[1].istitle():
        return None
    numeric = all(label.isdecimal() for label in labels[:-1])
    return None if numeric and len(labels[-1]) == 2 else labels
