import pytest

from tasmat_check.recognizers.contacts import handles
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    found = list(handles.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thanks @biscuit_tin and @letty.draws.", ["@biscuit_tin", "@letty.draws"]),
        ("rt@one RT:@two (@three)", ["@one", "@two", "@three"]),
        ("＠biscuit", ["＠biscuit"]),
        ("@sam@mastodon.social hello", ["@sam@mastodon.social"]),
        ("my snap is biscuit.tin77", ["biscuit.tin77"]),
        ("snapchat: biscuittin", ["biscuittin"]),
        ("add me on snap biscuit_tin x", ["biscuit_tin"]),
        ("gamertag BiscuitTin77", ["BiscuitTin77"]),
        ("psn: Biscuit-Tin77", ["Biscuit-Tin77"]),
        ("insta is biscuit.tin_", ["biscuit.tin_"]),
        ("roblox user BiscuitTin77", ["BiscuitTin77"]),
        ("gt is xX_Biscuit_Xx if any of you fancy it", ["xX_Biscuit_Xx"]),
        ("username biscuit77", ["biscuit77"]),
        ("discord biscuit#1234", ["biscuit#1234"]),
        ("add biscuit#1234", ["biscuit#1234"]),
        ("it's biscuit.tin77 on insta", ["biscuit.tin77"]),
        ("my insta is biscuittin", ["biscuittin"]),
    ],
)
def test_recognize_finds_names(text: str, names: list[str]) -> None:
    assert seen(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "sam@example.org",
        "3 @ £2, meet @5pm or @7.30, tea@home",
        "f@@k f!@k f*@k",
        "@http://example.org",
        "my snap is broken",
        "insta is down again",
        "snapchat is full of kids",
        "xbox 360 or ps5? fifa23 on xbox",
        "discord is dead. long live discord",
        "TaSMAT on Threads",
        "user #GoodNews [USER] McBISCUIT",
        "Year7 on TikTok",
        "order#1234 and room#4321",
        "tiktok at 3am again",
        "the instagram account is private",
        "",
    ],
)
def test_recognize_leaves_other_words_alone(text: str) -> None:
    assert seen(text) == []
