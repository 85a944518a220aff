"""Reads the text that was last copied."""

from collections.abc import Sequence

from tasmat_check.errors import UsageError
from tasmat_check.models import Channel, Draft
from tasmat_check.readers.content import Content
from tasmat_check.readers.decoding import mend
from tasmat_check.readers.drafts import to_draft, with_pictures


def read_clipboard(images: Sequence[str], channel: Channel) -> Draft:
    """Read the clipboard's text as one post, with the given picture files.

    Raises UsageError where the platform offers no clipboard, and where it holds no text.
    """
    import pyperclip

    try:
        text = pyperclip.paste()
    except (pyperclip.PyperclipException, OSError, UnicodeError) as problem:
        raise UsageError(
            "clipboard", "cannot be read on this computer; pipe the text or give a file instead"
        ) from problem
    if not isinstance(text, str) or not text.strip():
        raise UsageError("clipboard", "holds no text; copy the post first")
    content = Content(mend(text.replace("\r\n", "\n").replace("\0", "")))
    return with_pictures(to_draft("clipboard", content, channel), images)
