"""Finds secrets that are told: passwords, PINs, door and alarm codes, wifi keys.

A keyword opens a short stretch ("pin", "door code", "wifi"); a word that tells ("is", ":", "'s") links it to what
follows; what follows must look like a secret of that kind. Talk about passwords without one is nothing.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording, keys

Kind = Literal["password", "pin", "code", "account"]

_QUICK = re.compile(
    r"pass|p/?wd?\b|\bpin\b|code|wi-?fi|log-?in|key ?safe|keypad|padlock|combination|\bcombo\b|netflix|disney"
    r"|router|hotspot",
    re.IGNORECASE,
)
_KEYWORD = re.compile(
    r"(?<![\w#@-])(?:"
    r"(?P<password>(?:pass ?(?:word|code|phrase)|passwrd|passwd|passw|pwd|pw|p/w)s?"
    r"|(?:wi-?fi|router|network|broadband) (?:key|pass)|pass(?= ?[:=]| \S*[a-z]\S*[0-9]))"
    r"|(?P<pin>pin(?: ?(?:number|code|no))?)"
    r"|(?P<code>codes?|combination|\bcombo\b|combo|key ?safe|keypad|padlock)"
    r"|(?P<account>wi-?fi|router|hotspot|log-?ins?|netflix|disney ?(?:plus|\+)?|spotify|prime|now tv|iplayer|hulu)"
    r")(?=['’]s\b|[^\w-]|$)",
    re.IGNORECASE,
)
_TAIL = 90
_CHUNK = re.compile(r"\S+")
_OPENING = "=:\"'“‘`([{<*"
_CLOSING = re.compile(r"(?:!{2,}|[^\w!@$%&*+^~#])+$")
_LINKS = frozenset(("is", "was", "are", "of", "to", "as", "be", "=", ":", "-", "–", "->", "=>", "→", ">"))
_LINK_END = re.compile(r"(?:['’]s|[:=]|->)$", re.IGNORECASE)
_QUOTED = re.compile(r"""[“"'‘`]([^\s“”"'‘’`][^“”"‘’`\n]{1,36}[^\s“”"'‘’`])[”"'’`](?!\w)""")
_ENDS = re.compile(r"[.!?…]+[\"')”’]*$")

_NEGATION = re.compile(
    r"\b(?:not|never|isn['’]?t|wasn['’]?t|shouldn['’]?t|don['’]?t|doesn['’]?t|can['’]?t|won['’]?t|cannot|no longer)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:if (?:your|ur|the|their)|(?:most )?common(?:est)?|popular|worst|example|don['’]?t use|stop using|never use|"
    r"longer|stronger|is your|what['’]?s|what is|whats|forgot|forgotten)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)

_OPENED = frozenset(
    keys(
        "door doors gate gates alarm alarms entry keypad keysafe safe lock locks locker lockers lockbox padlock panic "
        "building security entrance access office staffroom cupboard lift garage shed barrier burglar storeroom pool "
        "pharmacy meds medicine fob wifi router hotspot login unlock back front side main caretaker caretakers site "
        "photocopier printer ipad ipads tablet laptop laptops room hall kitchen"
    )
)
_OTHER_CODES = frozenset(
    keys(
        "post dress highway discount promo qr bar zip area dialling dialing sort source colour color error voucher "
        "referral offer gift tax country course join class game party friend invite coupon student checkout sale cheat "
        "morse python status unit product booking exam centre conduct practice moral honour postcode absence register "
        "attendance authorised learn write writing ground reference charity text donation ticket room group radio "
        "secret cobra cheat"
    )
)

_MIXED = re.compile(r"(?=\S*[A-Za-z])(?=\S*[0-9!@$%&*_+^~#])(?!\S*@$)[\w!@$%&*+^~#.-]{4,40}")
_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){3,7}(?![\w%:/.]?[0-9])")
_CODE = re.compile(r"(?=\S*[0-9])[A-Za-z]{0,3}[0-9]{3,8}[A-Za-z]{0,2}[#*]?")
_PLAIN_PIECE = re.compile(
    r"[0-9]+(?:st|nd|rd|th|s|am|pm|k|m|g|gb|mb|tb|mbps|ghz|kg|p|x|hrs?|mins?|secs?|yo|yrs?|ish|%)?|[xp][0-9]+"
    r"|[0-9]fa|mfa"
    r"|wpa[0-9]?|ios[0-9.]+|covid-?19|ks[0-9]|y(?:ea)?r?[0-9]{1,2}s?|windows[0-9]+|[0-9]+-[a-z]+|[0-9.:]+(?:am|pm|hrs)"
    r"|[a-z]+(?:[*!]+|[#&])|[a-z]+['’-]?[a-z]*[!*]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|^[@#]|@\w[\w-]*\.|\.(?:com|org|uk|net)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\W*(?:digits?|characters?|letters?|numbers?|people|times|years?|days?|weeks?|months?|minutes|mins|hours|attempts|"
    r"tries|words|symbols|of|%|or (?:more|less)|am|pm|quid|pounds|others?|different)\b",
    re.IGNORECASE,
)
_NEXT_KEYWORD = frozenset(("password", "passcode", "pin", "pw", "pwd", "code", "login", "username"))
_SINCE = frozenset(keys("since in from until till by before after for about at"))
_ADVERBS = frozenset(keys("still now just literally always currently simply so called only actually again basically"))

_NOT_SECRETS = frozenset(
    keys(
        "the a an my your our his her their its it this that these those in on at under over behind inside with from "
        "for to of by not never no same old new wrong right correct incorrect invalid required needed written printed "
        "taped stuck pinned up out off down back always still now just so too very really quite pretty hard easy weak "
        "strong safe secret shared public private known unknown different changed reset saved stored good bad great "
        "terrible awful rubbish ancient longer shorter long short enough dead gone lost forgotten broken missing "
        "expired there here where what when why who how which literally basically also only even about all any some "
        "something nothing everything anything someone case one two three four five six seven eight nine ten like as "
        "below above attached available coming due ready free please whatever important unique essential everywhere "
        "somewhere nowhere fine cool funny hilarious genius iconic unreal ridiculous obvious common simple complicated "
        "random blank empty sent yours mine ours theirs being been getting going having doing making asking and but or "
        "if because protected policy manager reset link hint hints strength security problem game key over compromised "
        "hacked leaked classified confidential sacred friend password passwords secure"
    )
)
_AFTER_PLAIN = re.compile(
    r"\s*(?:$|[.,;!?\n)\"'”’]|[^\w\s'\"]|(?:lol|if|for|all|btw|and|but|x+|one|no|capital|lower ?case|caps|help"
    r"|pass|guys|"
    r"everyone|folks|obviously|obvs|haha|lmao|on|at|since|cos|because|so|don['’]?t|dont)\b)",
    re.IGNORECASE,
)
_SUFFIX_TOLD = re.compile(
    r"(?<![\w@#/.-])([\"'“‘]?[\w!@$%&*+^~#-]{4,30}[\"'”’]?) (?:is|['’]s|for|as) (?:the|our|my|your) (?:\w+ ){0,2}"
    r"(?:password|passcode|pin|(?:door|gate|alarm|entry|safe|lock|wifi|keypad) code|wi-?fi|alarm|door|gate|keypad)\b",
    re.IGNORECASE,
)
_BOASTED = re.compile(r"\b(?:common|commonest|worst|weakest|popular|wrong|old)\b", re.IGNORECASE)
_PAIR = re.compile(r"\s*(?:/|\||;|&|\+)\s*(\S{4,40})")


class _Piece(NamedTuple):
    """One run of characters without blanks; `text` has its quotes and closing marks cut, `start` points to it."""

    raw: str
    text: str
    start: int
    end: int


def recognize(wording: Wording) -> Iterator[Entity]:
    """Give the secrets told in a wording; the stretch is the secret itself, without what announces it."""
    if not _QUICK.search(wording.text):
        return
    done = 0
    for match in _KEYWORD.finditer(wording.text):
        if match.start() < done:
            continue
        found = _secret_after(wording.text, match)
        if found:
            span, score = found
            done = span.end
            yield entity_at(wording, "PASSWORD", span, score)
    yield from _told_backwards(wording)


def _secret_after(text: str, keyword: re.Match[str]) -> tuple[Span, float] | None:
    kind: Kind = keyword.lastgroup  # type: ignore[assignment]
    before = text[max(0, keyword.start() - 60) : keyword.start()]
    if _ADVICE.search(before) or (kind == "code" and not _opens_something(text, keyword)):
        return None
    if kind == "account" and re.search(r"(?:old|free|a|the pub's) $", before[-12:], re.IGNORECASE):
        return None
    return _search(kind, text, keyword.end())


def _opens_something(text: str, keyword: re.Match[str]) -> bool:
    """Say whether a code is one for a door, an alarm or the like, not for a discount."""
    if keyword.group().lower().startswith(("key", "padlock")):
        return True
    before = re.findall(
        r"\w+", re.split(r"[.!?\n]\s", text[max(0, keyword.start() - 60) : keyword.start()].lower())[-1]
    )
    if before and before[-1] in _OTHER_CODES - _OPENED:
        return False
    after = re.findall(r"\w+", text[keyword.end() : keyword.end() + 40].lower())
    return not _OPENED.isdisjoint((*before[-9:], *after[:7]))


def _search(kind: Kind, text: str, start: int) -> tuple[Span, float] | None:
    """Read on from a keyword, word by word, until a secret shows or the telling ends."""
    linked = text[start : start + 2].lower() in ("'s", "’s")
    begin = start + 2 if linked else start
    distance = 0
    for index, piece in enumerate(_pieces(text[begin : begin + _TAIL], begin)):
        if "\n" in text[begin : piece.start] and not (linked and distance == 0):
            return None
        found = _judge(kind, text, piece, linked=linked, distance=distance)
        if found or _stops(kind, piece, index, distance):
            return found
        if _links(piece):
            linked, distance = True, 0
        elif not (index == 0 and piece.raw.startswith("?")):
            distance += piece.text.lower() not in _ADVERBS
    return None


def _links(piece: _Piece) -> bool:
    return piece.text.lower() in _LINKS or _LINK_END.search(piece.raw) is not None


def _stops(kind: Kind, piece: _Piece, index: int, distance: int) -> bool:
    """Say whether nothing after a piece can be the secret any more."""
    if _NEGATION.fullmatch(piece.text) or piece.text.lower() in _NEXT_KEYWORD:
        return True
    if kind == "account" and distance:
        return True
    return _ENDS.search(piece.raw) is not None and not (index == 0 and piece.raw.startswith("?"))


def _pieces(tail: str, begin: int) -> Iterator[_Piece]:
    for match in _CHUNK.finditer(tail):
        raw = match.group()
        left = raw.lstrip(_OPENING)
        text = _CLOSING.sub("", left)
        offset = begin + match.start() + len(raw) - len(left)
        yield _Piece(raw, text or raw, offset, offset + len(text or raw))


def _judge(kind: Kind, text: str, piece: _Piece, *, linked: bool, distance: int) -> tuple[Span, float] | None:
    """Say what of a piece is a secret of this kind, and how surely."""
    if linked and distance <= (kind != "account") and kind != "pin" and piece.raw[0] in "\"'“‘`":
        quoted = _QUOTED.match(text, piece.start - 1)
        if quoted:
            return Span(*quoted.span(1)), 0.85
    digits = _digits(kind, text, piece, linked=linked, distance=distance)
    if digits:
        return digits
    pair = _second_of_pair(text, piece) if kind == "account" and distance == 0 else None
    if pair:
        return pair
    if kind != "pin" and _mixed(kind, piece, linked=linked, distance=distance):
        return Span(piece.start, piece.end), 0.75 if kind == "account" else 0.9
    if kind == "password" and linked and distance == 0 and _plain(text, piece):
        return Span(piece.start, piece.end), 0.6
    return None


def _digits(kind: Kind, text: str, piece: _Piece, *, linked: bool, distance: int) -> tuple[Span, float] | None:
    if kind == "account" or distance > (8 if linked and kind == "pin" else 3):
        return None
    match = _DIGITS.match(text, piece.start) or (_CODE.fullmatch(piece.text) if kind == "code" else None)
    if match is None or piece.raw.startswith(("£", "$", "@", "#", "0800", "+")):
        return None
    length = len(match.group())
    end = piece.start + length
    if _COUNTED.match(text, end) or re.match(r"[\w%]", text[end : end + 1]):
        return None
    words = text[max(0, piece.start - 14) : piece.start].lower().split()
    if words and words[-1] in _SINCE and not (linked and distance == 0):
        return None
    return (Span(piece.start, end), 0.9 if linked else 0.8) if linked or distance == 0 else None


def _mixed(kind: Kind, piece: _Piece, *, linked: bool, distance: int) -> bool:
    if _ADDRESS.search(piece.text) or not (linked or (distance == 0 and kind == "password")):
        return False
    if not _MIXED.fullmatch(piece.text):
        return False
    if _PLAIN_PIECE.fullmatch(piece.text):
        return (
            kind == "password" and piece.text.endswith("!") and distance == 0 and linked and _unlike_speech(piece.text)
        )
    if kind == "account":
        return distance == 0 and len(piece.text) >= 6
    return distance <= (10 if kind == "password" else 4)


def _unlike_speech(text: str) -> bool:
    return text.rstrip("!*").lower() not in _NOT_SECRETS and len(text) >= 5


def _second_of_pair(text: str, piece: _Piece) -> tuple[Span, float] | None:
    """Take the second of "user / secret", which follows a login with or without a word that links them."""
    pair = _PAIR.match(text, piece.end)
    if pair is None:
        return None
    second = _CLOSING.sub("", pair.group(1))
    if not _MIXED.fullmatch(second) or _PLAIN_PIECE.fullmatch(second) or _ADDRESS.search(second):
        return None
    return Span(pair.start(1), pair.start(1) + len(second)), 0.85


def _plain(text: str, piece: _Piece) -> bool:
    word = piece.text.lower()
    if not re.fullmatch(r"[a-z]{4,30}!?", word) or word in _NOT_SECRETS or word in _ADVERBS or word in _LINKS:
        return False
    if word.endswith(("ing", "ed", "ly", "able", "ible")) and len(word) < 12 and piece.text.islower():
        return False
    return _AFTER_PLAIN.match(text, piece.end) is not None


def _told_backwards(wording: Wording) -> Iterator[Entity]:
    for match in _SUFFIX_TOLD.finditer(wording.text):
        secret = match.group(1).strip("\"'“”‘’")
        quoted = secret != match.group(1)
        if _BOASTED.search(match.group()):
            continue
        told = quoted or _MIXED.fullmatch(secret) or re.fullmatch(r"[0-9]{4,8}", secret)
        before = wording.text[max(0, match.start() - 30) : match.start()]
        if (
            told
            and not (_PLAIN_PIECE.fullmatch(secret) and not quoted and not secret.isdigit())
            and not _ADVICE.search(before)
        ):
            start = wording.text.index(secret, match.start())
            yield entity_at(wording, "PASSWORD", Span(start, start + len(secret)), 0.8)
