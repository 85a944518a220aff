import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasmat_check.files import UnreadableError
from tasmat_check.readers.decoding import decode, encoding_of, mend

POST = "Café “quotes” – £5 😭\r\nnext line"
LATIN = "Café “quotes” – £5"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(POST.encode(), POST, id="utf-8"),
        pytest.param(POST.encode("utf-8-sig"), POST, id="utf-8 with mark"),
        pytest.param(POST.encode("utf-16"), POST, id="utf-16 with mark"),
        pytest.param(b"\xfe\xff" + POST.encode("utf-16-be"), POST, id="utf-16 big-endian with mark"),
        pytest.param(POST.encode("utf-16-le"), POST, id="utf-16 little-endian"),
        pytest.param(POST.encode("utf-16-be"), POST, id="utf-16 big-endian"),
        pytest.param("😭😭 ok then".encode("utf-16-le"), "😭😭 ok then", id="utf-16 with many emoji"),
        pytest.param(POST.encode("utf-32"), POST, id="utf-32"),
        pytest.param(LATIN.encode("cp1252"), LATIN, id="windows-1252"),
        pytest.param(b"caf\xe9 \x81\x8d", "café \ufffd\ufffd", id="windows-1252 without meaning"),
        pytest.param(b"\xff\xfea\0\x3d\xd8b\0", "a\ufffdb", id="half an emoji in utf-16"),
        pytest.param(b"one\x0btwo\x1b[31m", "one\x0btwo\x1b[31m", id="control characters stay"),
        pytest.param(b"BMX club at 4", "BMX club at 4", id="begins like a bitmap"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\nrest", "picture"),
        (b"\xff\xd8\xff\xe0rest", "picture"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"a single \0 among words", "not text"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", "not text"),
        (bytes(range(1, 32)) * 4 + b"\xe9\xff", "not text"),
    ],
)
def test_binary_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("text", "mended"),
    [("a\ud83db", "a\ufffdb"), ("\ude2d\ud83d", "\ufffd\ufffd"), ("😭", "😭"), (json.loads('"\\ud83d\\ude2d"'), "😭")],
)
def test_mend_keeps_offsets(text: str, mended: str) -> None:
    assert mend(text) == mended


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableError:
        return
    text.encode()


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=80))
def test_utf_8_survives(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text


def test_a_sample_may_end_inside_an_emoji() -> None:
    assert encoding_of("ab😭".encode("utf-16-le")[:-2]) == "utf-16-le"
