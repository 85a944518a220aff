"""Reads a post that lies in a saved e-mail."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from tasmat_check.files import UnreadableError
from tasmat_check.models import Passage, Skipped
from tasmat_check.readers.content import Content
from tasmat_check.readers.decoding import decode, mend
from tasmat_check.readers.web import Page, read_page

_PICTURES = "pictures in an e-mail are not checked"


def read_mail(data: bytes) -> Content:
    """Read an .eml file: its plain or else its HTML body; subject, text attachments and alt texts are named parts."""
    message = message_from_bytes(data, policy=policy.default)
    try:
        return _content(message)
    except UnreadableError:
        raise
    except Exception as problem:  # the standard library's parser breaks in many ways on a damaged message
        raise UnreadableError("is not an e-mail that can be read") from problem


def _content(message: EmailMessage) -> Content:
    body = message.get_body(("plain", "html"))
    page = Page()
    if body is not None and body.get_content_subtype() == "html":
        page = read_page(_text(body))
    elif body is not None:
        page.text = _text(body)
    parts = [Passage(mend(str(message["subject"] or "")), "subject"), Passage(page.title, "title")]
    parts += (Passage(p.alt, f"alt text of {p.name}" if p.name else "alt text") for p in page.pictures)
    skipped = [Skipped(p.name or "picture", _PICTURES) for p in page.pictures if not p.source.startswith("cid:")]
    for attachment in _attachments(message, body):
        _read_attachment(attachment, parts, skipped)
    return Content(page.text, tuple(p for p in parts if p.text.strip()), skipped=tuple(skipped))


def _attachments(message: EmailMessage, body: Message | None) -> Iterator[Message]:
    """Yield every leaf of the message but its body and the HTML twin of a plain body."""
    plain = body is not None and body.get_content_subtype() == "plain"
    for part in message.walk():
        twin = plain and part.get_content_type() == "text/html" and part.get_content_disposition() != "attachment"
        if part is not body and not part.is_multipart() and not twin:
            yield part


def _read_attachment(attachment: Message, parts: list[Passage], skipped: list[Skipped]) -> None:
    name = mend(attachment.get_filename() or attachment.get_content_type())
    main = attachment.get_content_maintype()
    if main == "text":
        text = _text(attachment)
        if attachment.get_content_subtype() == "html":
            text = read_page(text).text
        parts.append(Passage(text, f"attachment {name}"))
    elif main == "image":
        skipped.append(Skipped(name, _PICTURES))
    elif attachment.get_payload():
        skipped.append(Skipped(name, "attachments of this kind are not checked"))


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        text = mend(data.decode(part.get_content_charset("utf-8")))
    except (LookupError, UnicodeDecodeError, ValueError):
        text = decode(data)
    return text.replace("\r\n", "\n")
