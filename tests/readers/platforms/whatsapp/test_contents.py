from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.models import Passage
from tasmat_check.readers.platforms.whatsapp.contents import Content, content_of

POLL = "\u200ePOLL:\nWho is in?\n\u200eOPTION: Yes (\u200e3 votes)\n\u200eOPTION: Ask Sam (1) (\u200e1 vote\u200e)"
PHOTO = "00000042-PHOTO-2023-11-14-22-15-20.jpg"
MAP = "https://maps.google.com/?q=50.85,0.57"


@pytest.mark.parametrize(
    ("message", "content"),
    [
        ("It’s £3 😀\n\n ok ", Content("It’s £3 😀\n\n ok ")),
        (f"\u200e<attached: {PHOTO}>", Content("", files=(PHOTO,))),
        (f"Chips! \u200e<attached: {PHOTO}>", Content("Chips!", files=(PHOTO,))),
        ("< attached: a.jpg >", Content("", files=("a.jpg",))),
        ("\u200e<Anhang: a b.pdf>", Content("", files=("a b.pdf",))),
        (
            "IMG-20231114-WA0001.jpg (file attached)\nChips!\nnow",
            Content("Chips!\nnow", files=("IMG-20231114-WA0001.jpg",)),
        ),
        ("\u200eIMG-20231114-WA0001.jpg (Datei angehängt)", Content("", files=("IMG-20231114-WA0001.jpg",))),
        ("beach.jpg (fichier joint)", Content("", files=("beach.jpg",))),
        ("notes.pdf (page two)", Content("notes.pdf (page two)")),
        ("<Media omitted>", Content("", omitted=True)),
        ("<Media omitted>\nChips!", Content("Chips!", omitted=True)),
        ("\u200eimage omitted", Content("", omitted=True)),
        ("Contact card omitted", Content("", omitted=True)),
        ("Chips! \u200evideo omitted", Content("Chips!", omitted=True)),
        ("the image omitted", Content("the image omitted")),
        ("I said <Media> omitted", Content("I said <Media> omitted")),
        ("Chips! \u200e<This message was edited>", Content("Chips!")),
        ("Chips! <This message was edited>", Content("Chips!")),
        ("Chips! \u200e<Diese Nachricht wurde bearbeitet>", Content("Chips!")),
        ("<sighs>", Content("<sighs>")),
        ("\u200eThis message was deleted.", Content("", by_app="messages that were deleted")),
        ("You deleted this message", Content("", by_app="messages that were deleted")),
        ("This message was deleted by mistake", Content("This message was deleted by mistake")),
        ("\u200eMissed voice call, \u200eTap to call back", Content("", by_app="calls")),
        ("Diese Nachricht wurde gelöscht.", Content("", by_app="messages that were deleted")),
        ("\u200eJe hebt dit bericht verwijderd.", Content("", by_app="messages that were deleted")),
        ("Ce message a été supprimé hier", Content("Ce message a été supprimé hier")),
        ("\u200eafbeelding weggelaten", Content("", omitted=True)),
        ("\u200eBild weggelassen", Content("", omitted=True)),
        ("afbeelding weggelaten", Content("afbeelding weggelaten")),
        ("Voice call. \u200e2 min", Content("", by_app="calls")),
        ("Voice call me later", Content("Voice call me later")),
        ("\u200eYou created this group", Content("", by_app="notices by WhatsApp")),
        ("\u200ehello", Content("\u200ehello")),
        ("I created this group", Content("I created this group")),
        (POLL, Content("Who is in?", (Passage("Yes", "poll option"), Passage("Ask Sam (1)", "poll option")))),
        (f"\u200eLocation: {MAP}", Content("", (Passage(MAP, "place"),))),
        (f"location: {MAP}", Content("", (Passage(MAP, "place"),))),
        ("", Content("")),
        ("\u200e ", Content("")),
    ],
)
def test_words_files_and_what_the_app_wrote_are_told_apart(message: str, content: Content) -> None:
    assert content_of(message, lambda name: name == "beach.jpg") == content


@given(st.text(alphabet="<>\u200e: omitedaPOLTIN.()\n", max_size=60))
def test_no_message_does_harm(message: str) -> None:
    assert len(content_of(message, lambda _: True).text) <= len(message)


@pytest.mark.parametrize(
    "piece", ["\u200e", " ", "<", "\u200e<", " \u200e", "\n", "<attached: a.jpg>", "a.b (", "OPTION: (\n"]
)
def test_a_long_message_takes_no_long_time(piece: str) -> None:
    message = "POLL:\n" * piece.startswith("O") + piece * 20_000
    start = perf_counter()
    content_of(message, lambda _: False)
    assert perf_counter() - start < 2
