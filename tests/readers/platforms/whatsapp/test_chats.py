import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tasmat_check.models import Draft, Skipped
from tasmat_check.readers import lines as lines_module
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake
from tasmat_check.readers.platforms import whatsapp

from ...conftest import PNG, Write

ANDROID = (
    "14/11/2023, 22:10 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.\n"
    '14/11/2023, 22:11 - Jo Example created group "Staffroom: SEN"\n'
    "14/11/2023, 22:12 - Jo Example changed the subject to: quiet\n"
    "14/11/2023, 22:13 - Jo Example: It’s £3 😀\nline two\n\n14/11/23 is soon: hurry\n"
    "14/11/2023, 22:14 - Sam Friend: not mine\nnor this\n"
    "14/11/2023, 10:15\u202fpm - Jo Example: IMG-20231114-WA0001.png (file attached)\nChips!\n"
    "14/11/2023, 22:16 - Jo Example: <Media omitted>\n"
    "14/11/2023, 22:17 - Jo Example: This message was deleted\n"
    "14/11/2023, 22:18 - Jo Example: \n"
    "14/11/2023, 22:19 - Sam Friend: IMG-20231114-WA0002.png (file attached)\n"
    "14/11/2023, 22:20 - Jo Example: last: one"
)
IPHONE = (
    "\u200e[14/11/2023, 22:13:20] Staffroom: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[14/11/2023, 22:14:20] ~\u202fJo Example: line one\r\nline two\r\n"
    "\u200e[14/11/2023, 22:15:20] ~\u202fJo Example: Chips! \u200e<attached: 00000042-PHOTO.png>\r\n"
    "[14/11/2023, 22:16:20] \u202a+44\xa07700\xa0900123\u202c: not mine\r\n"
    "\u200e[14/11/2023, 22:17:20] ~\u202fJo Example: \u200eYou added Sam\r\n"
)


def _read(path: str, me: str) -> tuple[list[Draft], Intake]:
    intake = Intake()
    return list(read_posts([path], "personal", intake, me)), intake


def _export(write: Write) -> str:
    write("chat/WhatsApp Chat with Staffroom.txt", ANDROID)
    write("chat/IMG-20231114-WA0001.png", PNG)
    write("chat/IMG-20231114-WA0002.png", PNG)
    return "chat"


def test_the_owners_messages_of_an_android_phone_are_read(write: Write) -> None:
    drafts, intake = _read(_export(write), "Jo Example")
    first, picture, last, omitted = drafts
    assert first.text == "It’s £3 😀\nline two\n\n14/11/23 is soon: hurry"
    assert (first.id, first.published) == ("chat/WhatsApp Chat with Staffroom.txt#1", datetime(2023, 11, 14, 22, 13))
    assert (picture.text, picture.published) == ("Chips!", datetime(2023, 11, 14, 22, 15))
    assert picture.images == ("chat/IMG-20231114-WA0001.png",)
    assert last.text == "last: one"
    (skipped,) = omitted.skipped
    assert skipped.reason.startswith("1 file of yours (pictures, videos …) left out when the chat was exported")
    assert list(intake.lines()) == [
        "Read 3 posts: WhatsApp 3.",
        "Left out: notices by WhatsApp: 3.",
        "Left out: messages of others: 2.",
        "Left out: messages that were deleted: 1.",
        "Left out: posts without words or pictures: 1.",
        "Left out: pictures that belong to no post: 1.",
    ]


@pytest.mark.parametrize("me", ["jo example", "JO  EXAMPLE", "~Jo Example", "\u202aJo\xa0Example\u202c"])
def test_the_owners_messages_of_an_iphone_are_read_whatever_the_spelling(tmp_path: Path, me: str) -> None:
    path = str(tmp_path / "WhatsApp Chat - Staffroom.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", IPHONE)
        archive.writestr("00000042-PHOTO.png", PNG)
    (first, picture), intake = _read(path, me)
    assert (first.text, first.published) == ("line one\nline two", datetime(2023, 11, 14, 22, 14, 20))
    assert (picture.text, picture.images) == ("Chips!", (f"{path}/00000042-PHOTO.png",))
    assert not first.skipped
    assert not picture.skipped
    assert intake.left_out == {"notices by WhatsApp": 2, "messages of others": 1}


def test_a_number_may_be_the_owners_name(write: Write) -> None:
    (mine,), _ = _read(write("_chat.txt", IPHONE), "+447700 900123")
    assert mine.text == "not mine"


def test_a_name_may_hold_a_colon(write: Write) -> None:
    chat = "1/2/24, 10:00 - Jo: SENCo: hello\n1/2/24, 10:01 - Jo: hello\n"
    (mine,), _ = _read(write("chat.txt", chat), "Jo: SENCo")
    assert mine.text == "hello"
    both, _ = _read("chat.txt", "Jo")
    assert [draft.text for draft in both] == ["SENCo: hello", "hello"]  # read where in doubt


@pytest.mark.parametrize(
    ("me", "asked"), [("", "whose messages? give --me NAME"), ("Alex", "no message is by “Alex”; give --me NAME")]
)
def test_nothing_is_read_without_knowing_whose(write: Write, me: str, asked: str) -> None:
    drafts, intake = _read(_export(write), me)
    assert [draft.text for draft in drafts] == [""]
    what = "chat/WhatsApp Chat with Staffroom.txt"
    reason = f"{asked}; the names in this chat are: “Jo Example”, “Sam Friend”"
    assert drafts[0].skipped == (Skipped(what, reason),)
    assert intake.left_out["messages of chats in which yours are not known"] == 8


def test_a_chat_of_many_names_tells_the_most_frequent(write: Write) -> None:
    chat = "".join(f"1/2/24, 10:00 - Person {number}: hello\n" for number in range(2_000)) * 2
    (told,), intake = _read(write("chat.txt", chat + "1/2/24, 10:00 - Person 9: hello\n"), "")
    assert "are: “Person 9”, “Person 0”" in told.skipped[0].reason
    assert told.skipped[0].reason.endswith("“Person 11” and more")
    assert intake.left_out["messages of chats in which yours are not known"] == 4_001


def test_months_stand_first_where_the_chat_proves_it(write: Write) -> None:
    chat = "1/2/24, 10:00 - Jo: a\n12/13/24, 10:00 - Sam: b\n"
    (mine,), _ = _read(write("chat.txt", chat), "Jo")
    assert mine.published == datetime(2024, 1, 2, 10)


def test_a_line_too_long_is_told_and_the_rest_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "LONGEST_LINE", 100)
    chat = f"1/2/24, 10:00 - Jo: a\n{'x' * 300}\n1/2/24, 10:01 - Jo: b\n"
    drafts, _ = _read(write("chat.txt", chat), "Jo")
    assert [draft.text for draft in drafts] == ["", "a", "b"]
    assert drafts[0].skipped == (Skipped("chat.txt line 2", "a line longer than 100 characters"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("post.txt", "Chips on the beach: lovely"),
        ("dates.txt", "14/11/2023, 10:00 - Assembly: hall\n15/11/2023, 10:00 - Trip: beach\n"),
        ("post.txt", "14/11/2023, 10:00 - Jo: a\nthen\n"),
        ("post.txt", "one\ntwo\nthree\nfour\nfive\n14/11/2023, 10:00 - Jo: a\n14/11/2023, 10:01 - Jo: a\n"),
        ("chat.txt", "A chat over tea, 10:00 - 11:00: all are welcome\nand cake"),
        ("chat.txt", ""),
        ("chat.csv", ANDROID),
    ],
)
def test_a_draft_is_never_taken_for_a_chat(name: str, text: str) -> None:
    assert not whatsapp.recognises(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("renamed.txt", ANDROID),
        ("renamed.txt", IPHONE),
        ("WhatsApp-Chat mit Sam.txt", "14.11.23, 10:00 - Jo: a\n14.11.23, 10:01 - Sam: a\n"),
        ("renamed.txt", "14.11.23, 10:00 - Jo: a\n14.11.23, 10:01 - Jo: a\n"),
    ],
)
def test_a_chat_is_told_whatever_its_name(name: str, text: str) -> None:
    assert whatsapp.recognises(name, text)
