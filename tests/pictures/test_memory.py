"""Freed memory is kept where the C library lets itself be told."""

import ctypes
import sys

import pytest

from tasmat_check.pictures.memory import keep_freed_memory


class Library:
    """Stands for the C library: remembers what it was told."""

    def __init__(self) -> None:
        self.told: dict[int, int] = {}

    def mallopt(self, option: int, value: int) -> int:
        self.told[option] = value
        return 1


def test_glibc_is_told_to_keep_what_is_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    keep_freed_memory()
    assert set(library.told) == {-1, -2, -3}
    assert library.told[-1] >= 512 * 1024 * 1024


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_platforms_are_left_alone(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    keep_freed_memory()
    assert library.told == {}


def test_another_c_library_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Library:
        raise OSError("libc.so.6: no such file")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", missing)
    keep_freed_memory()
