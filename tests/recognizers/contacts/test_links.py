import pytest

from tasmat_check.recognizers.contacts import ip_addresses, links
from tasmat_check.wording import Wording


def seen(text: str) -> list[str]:
    found = list(links.recognize(Wording(text)))
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
    return [entity.text for entity in found]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://example.org/a_(b)?c=d#e.", ["https://example.org/a_(b)?c=d#e"]),
        ("(see http://example.org/path)", ["http://example.org/path"]),
        ("www.example.co.uk!", ["www.example.co.uk"]),
        ("sign up at bit.ly/3xYz, quick", ["bit.ly/3xYz"]),
        ("http://t.co/abc123's", ["http://t.co/abc123"]),
        ("chat.whatsapp.com/AbCd and discord.gg/xyz", ["chat.whatsapp.com/AbCd", "discord.gg/xyz"]),
        ("wa.me/447700900123 t.me/biscuit", ["wa.me/447700900123", "t.me/biscuit"]),
        ("http://foobar.みんな/ да пример.рф", ["http://foobar.みんな/", "пример.рф"]),
        ("http://user:pass@example.org:8080/x", ["http://user:pass@example.org:8080/x"]),
        ("ours is example.com.Then home", ["example.com"]),
        ("http://[2001:db8::1]/", ["http://[2001:db8::1]/"]),
        ("http://192.0.2.7/a", ["http://192.0.2.7/a"]),
        ("日本語example.com中国語", ["example.com"]),
        ("http://localhost:8000/", ["http://localhost:8000/"]),
    ],
)
def test_recognize_finds_addresses(text: str, urls: list[str]) -> None:
    assert seen(text) == urls


@pytest.mark.parametrize(
    "text",
    [
        "so tired.then I slept",
        "what a day.It was long",
        "e.g. this, i.e. that, 7.am to 9.pm",
        "photo.jpg and plan.docx",
        "sam@example.org",
        "#test.com @test.com",
        "_example.com",
        "http://.example.com http://-x.com http://1.1.1.1.1 http://01.2.3.4",
        "http://no-tld http://short.x http://??",
        "it ends in sch.uk",
        "version 1.2.3",
        "",
    ],
)
def test_recognize_leaves_sentences_alone(text: str) -> None:
    assert seen(text) == []


def test_recognize_doubts_a_missing_space() -> None:
    scores = [entity.score for entity in links.recognize(Wording("so happy.so proud www.example.org"))]
    assert scores[0] < 0.5 < scores[1]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("ping 203.0.113.9.", ["203.0.113.9"]),
        ("192.168.1.1/24", ["192.168.1.1/24"]),
        ("[2001:db8::1] and ::ffff:192.0.2.1", ["2001:db8::1", "::ffff:192.0.2.1"]),
        ("2001:db8::/9999", ["2001:db8::"]),
        ("router is 1.2.3.4", ["1.2.3.4"]),
        ("version 192.168.1.1", []),
        ("section 1.2.3.4 and 1.2.20.24", []),
        ("256.1.1.1 and 1.2.3.4.5 and 01.02.20.24", []),
        ("at 12:34:56, abc:def:ghi", []),
        (":: new post ::", []),
    ],
)
def test_ip_addresses(text: str, addresses: list[str]) -> None:
    found = list(ip_addresses.recognize(Wording(text)))
    assert sorted(entity.text for entity in found) == sorted(addresses)
    assert all(entity.text == text[entity.span.start : entity.span.end] for entity in found)
