import pyperclip
import pytest

from tasmat_check.errors import UsageError
from tasmat_check.readers import read_clipboard


def test_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: "Hi\r\nSam \ud83d")
    draft = read_clipboard([], "official")
    assert (draft.id, draft.text, draft.channel) == ("clipboard", "Hi\nSam \ufffd", "official")


@pytest.mark.parametrize("content", ["", " \n", None])
def test_empty_clipboard(monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    monkeypatch.setattr(pyperclip, "paste", lambda: content)
    with pytest.raises(UsageError, match="clipboard: holds no text"):
        read_clipboard([], "personal")


def test_no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise pyperclip.PyperclipException("a long\nexplanation")

    monkeypatch.setattr(pyperclip, "paste", fail)
    with pytest.raises(UsageError, match="clipboard: cannot be read on this computer"):
        read_clipboard([], "personal")
