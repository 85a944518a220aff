import io
import struct
import subprocess
import sys
import zlib
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.drafts import read_file

from .conftest import PNG, Write


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("post.txt", "One\r\ntwo\n", "One\ntwo\n"),
        ("post.md", "# One\n", "# One\n"),
        ("post.txt", "One".encode("utf-16"), "One"),
        ("post.text", "caf\xe9".encode("cp1252"), "café"),
        ("post", "no suffix", "no suffix"),
        ("post.html", "<p>One <b>two</b></p><p>three<br>four</p>", "One two\nthree\nfour"),
        ("post.HTM", "<style>p{}</style><script>if (a<b) {}</script>Hi&nbsp;Sam &amp; co", "Hi\xa0Sam & co"),
        ("post.html", "<ul><li>One</li>\n <li>two</li></ul><table><tr><td>a<td>b</table>", "One\ntwo\na\tb"),
        ("post.html", "a <i>  b </i> c<pre>x\n  y</pre>", "a b c\nx\ny"),
        ("post.html", "5 < 6 and <3 Sam", "5 < 6 and <3 Sam"),
        ("post.html", "<p>Sam <a href='x", "Sam <a href='x"),
    ],
)
def test_text(write: Write, name: str, content: str | bytes, text: str) -> None:
    draft = read_file(write(name, content), "official")
    assert (draft.id, draft.source, draft.text, draft.channel) == (name, name, text, "official")
    assert draft.skipped == ()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("post.txt", b"%PDF-1.7", "a PDF is not read; copy its words into a text file"),
        ("post.bin", b"\0\1\2\3", "is not text"),
        ("post.txt", b"a" * 1_000_001, "longer than 1,000,000 characters"),
        ("post.txt", b"a" * 10_000_000, "is larger than 8 MB"),
        ("post.docx", b"not a docx", "is not a Word file that can be read"),
        ("post.docx", b"PK\x03\x04broken", "is not a Word file that can be read"),
        ("clip.mp4", b"any", "videos are not checked"),
        ("clip", b"\0\0\0\x18ftypisom", "videos are not checked"),
        ("export.zip", b"PK\x03\x04", "is an export of no kind that is read"),
        ("export.tar.gz", b"\x1f\x8b", "is an export of no kind that is read"),
        ("tweets.js", b"window.YTD = []", "is an export of no kind that is read"),
        ("photo.jpg", b"", "empty"),
    ],
)
def test_unreadable(write: Write, name: str, content: bytes, reason: str) -> None:
    draft = read_file(write(name, content), "personal")
    assert draft.text == ""
    assert draft.images == ()
    assert draft.skipped == (Skipped(name, reason),)


@pytest.mark.parametrize("name", ["post.txt", "post.docx", "photo.jpg", "clip.mp4", "export.zip", "none/post.txt"])
def test_missing(write: Write, name: str) -> None:
    write("other.txt", "x")
    assert read_file(name, "personal").skipped == (Skipped(name, "no such file"),)


def test_no_permission(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    name = write("post.txt", "x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert read_file(name, "personal").skipped == (Skipped(name, "you may not read it"),)


@pytest.mark.parametrize("name", ["bad\0name.txt", "x" * 5000])
def test_impossible_name(name: str) -> None:
    assert len(read_file(name, "personal").skipped) == 1


@pytest.mark.parametrize(
    "content",
    [
        PNG,
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic",
        b"BM" + bytes(12) + b"\x28\0\0\0",
    ],
)
def test_picture_told_by_its_first_bytes(write: Write, content: bytes) -> None:
    draft = read_file(write("photo", content), "personal")
    assert (draft.images, draft.skipped) == (("photo",), ())


def test_html_parts(write: Write) -> None:
    write("photo.png", PNG)
    page = (
        '<title>Sports  day</title><img src="photo.png" alt="Sam in goal">'
        '<img src="x/gone.jpg?s=1" alt="Jo"><img alt="?">'
    )
    draft = read_file(write("post.html", page), "personal")
    assert draft.text == ""
    assert draft.parts == (
        Passage("Sports day", "title"),
        Passage("Sam in goal", "alt text of photo.png"),
        Passage("Jo", "alt text of gone.jpg"),
        Passage("?", "alt text"),
    )
    assert draft.images == ("photo.png",)
    assert [s.what for s in draft.skipped] == ["gone.jpg", "picture"]


@pytest.mark.parametrize("markup", ["<a ", "<!--", "<a b='", "</", "<script>", "<td>"])
def test_broken_html_takes_no_time(write: Write, markup: str) -> None:
    read_file(write("post.html", markup * 20_000), "personal")


def _word(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word(write: Write) -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("Before\ttable")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    added, gone = "<w:ins><w:r><w:t>added</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    document.element.body.insert(0, parse_xml(f"<w:p {space}>{added}{gone}</w:p>"))
    document.add_paragraph("After")
    document.sections[0].header.paragraphs[0].text = "The header"
    document.sections[0].footer.paragraphs[0].text = "The footer"
    draft = read_file(write("post.docx", _word(document)), "personal")
    assert draft.text == "added\nBefore\ttable\nleft\nright\nAfter"
    assert set(draft.parts) == {Passage("The header", "header"), Passage("The footer", "footer")}
    assert draft.skipped == ()


def test_text_box_in_word_is_read_once(write: Write) -> None:
    import docx
    from docx.oxml import parse_xml

    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {spaces}><w:r><w:t>around</w:t></w:r><w:r>{twice}</w:r></w:p>"))
    assert read_file(write("post.docx", _word(document)), "personal").text == "around\nin the box"


def _pixel() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_picture_in_word_is_skipped(write: Write) -> None:
    import docx

    document = docx.Document()
    document.add_picture(io.BytesIO(_pixel()))
    draft = read_file(write("post.docx", _word(document)), "personal")
    assert draft.skipped == (Skipped("post.docx: 1 picture", "pictures in a Word file are not checked"),)


def test_word_is_loaded_only_for_word_files() -> None:
    code = "import sys, tasmat_check.readers; sys.exit('docx' in sys.modules or 'pyperclip' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _mail(subject: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "jo@example.org"
    if subject:
        message["Subject"] = subject
    return message


def test_mail(write: Write) -> None:
    message = _mail("Our post 😀")
    message.set_content("The plain body\nis read\n")
    message.add_alternative("<p>The HTML body is not</p>", subtype="html")
    message.add_attachment("Notes about Sam", filename="notes.txt")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="letter.pdf")
    draft = read_file(write("post.eml", message.as_bytes().replace(b"\n", b"\r\n")), "personal")
    assert draft.text == "The plain body\nis read\n"
    assert [(p.part, p.text.strip()) for p in draft.parts] == [
        ("subject", "Our post 😀"),
        ("attachment notes.txt", "Notes about Sam"),
    ]
    assert draft.skipped == (
        Skipped("photo.png", "pictures in an e-mail are not checked"),
        Skipped("letter.pdf", "attachments of this kind are not checked"),
    )


def test_mail_with_html_alone(write: Write) -> None:
    message = _mail()
    message.set_content('<p>Hello</p><img src="cid:1" alt="Sam"><img src="https://example.org/a.png">', subtype="html")
    draft = read_file(write("post.eml", bytes(message)), "personal")
    assert (draft.text, draft.parts) == ("Hello", (Passage("Sam", "alt text of cid:1"),))
    assert draft.skipped == (Skipped("a.png", "pictures in an e-mail are not checked"),)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Subject: x\n\nplain", "plain"),
        (b"Content-Type: text/plain; charset=nonsense\n\ncaf\xc3\xa9", "café"),
        (b"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9", "café"),
        (b"no headers at all", "no headers at all"),
        (b"Content-Type: multipart/mixed; boundary=\n\n--\n", ""),
    ],
)
def test_odd_mail(write: Write, data: bytes, text: str) -> None:
    draft = read_file(write("post.eml", data), "personal")
    assert draft.text == text
