"""Recognizes account names: @mentions, and the names that people give for chats and games ("my snap is …")."""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.contacts.domains import is_known
from tasmat_check.recognizers.surroundings import entity_at
from tasmat_check.wording import Wording, keys

# twitter-text's characters that may not stand before a mention, and the slash of an address.
_MENTION = re.compile(
    r"(?:(?<![A-Za-z0-9_!#$%&*@＠/+~])|(?<=(?<![A-Za-z0-9_+~.-])[rR][tT]))"
    r"[@＠]([A-Za-z0-9_]++(?:\.[A-Za-z0-9_]++)*+)(?:@([A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++))?"
    r"(?![@＠\u00c0-\u024f]|://)"
)
_TIME_OR_PRICE = re.compile(
    r"\d{1,4}(?:\.\d\d?)?(?:am|pm|p|k|ish|mph|st|nd|rd|th|hrs?|mins?)?(?:\.\w+)?", re.IGNORECASE
)
_PLACES = frozenset(keys("home work school lunch uni the my a least last night all this that"))
_LONGEST = 30

_NAMED_BY_ACCOUNT = frozenset(
    keys("snap snapchat sc insta instagram ig discord psn gamertag gt xbl kik username handle")
)
_PLATFORMS = _NAMED_BY_ACCOUNT | frozenset(
    keys(
        "gamer gamertags xbox roblox rblx steam tiktok tik tt telegram signal fortnite epic minecraft whatsapp skype "
        "twitch bereal threads messenger fb facebook twitter switch activision brawlstars strava youtube usernames "
        "user screen"
    )
)
_PLATFORM = (
    r"snap ?chat|snap|sc|insta(?:gram)?|ig|discord|psn|gamer ?tags?|gt|xbox|xbl|roblox|rblx|steam|tik ?tok|tt|kik|"
    r"telegram|signal|fortnite|epic|minecraft|whats ?app|skype|twitch|bereal|threads|messenger|fb|facebook|twitter|"
    r"switch|activision|brawlstars|strava|youtube|user ?names?|user|handle|screen ?name"
)
_FILLER = (
    r"user ?name|user|names?|id|handle|tag|account|acc|add|me|us|on|at|is|it's|it’s|its|im|i'm|called|under|the|my|as|"
    r"there|now|too|code|by|or|find|follow|search|for|friend|dm|live|party"
)
_BETWEEN = r"[^\w.!?#\]\n]{1,4}"
_GIVEN = re.compile(
    rf"(?<![\w@#./'-])({_PLATFORM})(?![\w']|\.\w)((?:{_BETWEEN}(?:{_FILLER})(?![\w']|\.\w))*?)({_BETWEEN})"
    rf"(?!(?:{_FILLER})(?![\w'.]))@?([a-z0-9_](?:[\w.-]{{0,40}}\w)?(?:#\d{{4,5}})?)(?![\w@])",
    re.IGNORECASE | re.ASCII,
)
_GIVEN_BEFORE = re.compile(
    rf"(?<![\w@#./&-])([a-z0-9_][\w.]{{2,29}})\s(?:is my|on|for my|on my)\s(?:my )?({_PLATFORM})(?![\w'])",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED = re.compile(r"(?<![\w#@/&.])([A-Za-z][\w.]{1,31}#\d{4})(?!\w)", re.ASCII)
_COUNTED = re.compile(
    r"(?:order|ticket|ref|invoice|room|bus|flat|item|case|apt|job|lot|unit|number|issue|bug|pr|task|no|nr|part|day|week|"
    r"year|colou?r|hex|pantone|chapter|page|car|train|model|prize|winner|draw)#\d+",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[a-z][A-Z]|[a-zA-Z]\d|\d[a-zA-Z]|_|\.[a-z0-9]|#\d{4}")
_TERM = re.compile(
    r"(?:y|yr|year|ks|covid|form|ps|fifa|ea|fc|ios|mp|iphone|galaxy|windows|gta|cod|web|part|day|week|level|season|top)"
    r"\d+[a-z]?|\d+[a-z]{0,5}|[\d.,:]+[a-z]{0,2}|[a-z]\.[a-z]|gcses?|[a-z]{1,3}\d|[a-z]\d{1,4}",
    re.IGNORECASE,
)
_BRANDS = frozenset(
    keys(
        "tiktok youtube whatsapp facebook linkedin snapchat playstation bereal instagram classdojo iphone ipad "
        "imessage facetime macbook ebay paypal chatgpt openai onenote sharepoint powerpoint gcses youtubers tiktoks "
        "tiktoker"
    )
)
_NO_ACCOUNTS = frozenset(
    keys(
        "down dead broken gone full not on off open private public closed hacked locked empty boring better best mine "
        "yours free here there back new old working great good awful fine okay still just always never really today "
        "everything nothing life love hilarious toxic cringe weird useless rubbish slow dangerous blocked banned "
        "allowed deleted below above linked attached coming please thanks message link same this that what why how "
        "stories story streak streaks group groups post posts account accounts profile page mental chaos brilliant "
        "amazing heaven goals stunning bonkers insane horrible school online offline again lovely about after before "
        "which their where these those"
    )
)
_ADJECTIVE = re.compile(r"\w+(?:ed|ing|ful|ous|less|ive|able|ible|ic|ish|est|ly|tion)")
_STOPS = re.compile(
    r"\s*(?:$|[\n.,!?;)\"&/|]|[^\w\s]|(?:if|and|add|x+|on|lol|for|or|everyone|guys|pls|please|dm|hmu)\b)", re.IGNORECASE
)
_LABELLED = re.compile(r"[:=>→-]")
_SAYS_NAME = re.compile(r"\b(?:is|it's|it’s|its|called|under|name|username|id)\b", re.IGNORECASE)


def recognize(wording: Wording) -> Iterator[Entity]:
    """Find account names; the span of a mention holds its @, that of a name given in words only the name."""
    taken: set[int] = set()
    for start, end, score in _candidates(wording):
        if end not in taken:
            taken.add(end)
            yield entity_at(wording, "HANDLE", Span(start, end), score)


def _candidates(wording: Wording) -> Iterator[tuple[int, int, float]]:
    text = wording.text
    if "@" in text or "＠" in text:
        yield from _mentions(text)
    if any(word.key in _PLATFORMS for word in wording.words):
        yield from _given(text)
    if "#" in text:
        for match in _NUMBERED.finditer(text):
            if not _COUNTED.fullmatch(match.group()):
                yield match.start(), match.end(), 0.7


def _mentions(text: str) -> Iterator[tuple[int, int, float]]:
    for match in _MENTION.finditer(text):
        name, server = match.groups()
        if len(name) > _LONGEST or _is_time_or_price(name) or (server and not is_known(server.rpartition(".")[2])):
            continue
        yield match.start(), match.end(), 0.5 if name.lower() in _PLACES else 0.9


def _is_time_or_price(name: str) -> bool:
    return _TIME_OR_PRICE.fullmatch(name) is not None


def _given(text: str) -> Iterator[tuple[int, int, float]]:
    for match in _GIVEN.finditer(text):
        platform, filler, between, name = match.groups()
        platform = platform.lower().replace(" ", "")
        labelled = _LABELLED.search(between) is not None
        named = platform in _NAMED_BY_ACCOUNT and _SAYS_NAME.search(filler) is not None
        score = _likeness(name)
        if not score and (labelled or named) and _STOPS.match(text, match.end()):
            score = _plain_name(name)
        if score:
            yield match.start(4), match.end(4), score
    for match in _GIVEN_BEFORE.finditer(text):
        # Capitals alone do not tell an account from a firm here: "TaSMAT on Threads".
        if any(mark in "._0123456789" for mark in match.group(1)) and _likeness(match.group(1)):
            yield match.start(1), match.end(1), 0.6


def _likeness(name: str) -> float:
    """Rate how much a word looks like an account's name: marks that ordinary words do not have."""
    if len(name) < 4 or name.lower() in _BRANDS or _TERM.fullmatch(name):
        return 0.0
    if _MARKED.search(name) is None or ("." in name and is_known(name.rpartition(".")[2])):
        return 0.0
    return 0.85


def _plain_name(name: str) -> float:
    """Rate a name without marks, which only its place in the sentence gives away."""
    if len(name) < 5 or not name.isalpha() or not name.islower() or name in _NO_ACCOUNTS or _ADJECTIVE.fullmatch(name):
        return 0.0
    return 0.5
