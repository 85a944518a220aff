"""A small, valid pack of an invented trust, in which a test replaces what it is about."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

_CLAUSE = """
[[clause]]
number = "{number}"
section = "Sharing"
title = "A clause"
level = "breach"
summary = "What it asks."
advice = "What to do."
"""
_FILES = {
    "policy.toml": 'title = "Oakwell Policy"\nedition = "2026"\nscope = "Everyone."\n'
    + _CLAUSE.format(number="1.1")
    + _CLAUSE.format(number="1.2")
    + 'manual = "It explains a term."\n'
    + _CLAUSE.format(number="2.1")
    + 'follows = ["1.1"]\n',
    "organisation.toml": '[trust]\nname = "Oakwell Trust"\n',
    "lexicons/animal.txt": "# beasts\ndog\npolar bear\n",
    "rules/topic/sample.toml": """
id = "sample"
clauses = ["1.1"]
level = "breach"
message = "Says “{evidence}”"
why = "Because."
fix = "Leave it out."
[match]
kind = "phrase"
patterns = ["my {animal}"]
[[example]]
text = "I love my dog."
finds = ["my dog"]
""",
}

PackFolder = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def pack_folder(tmp_path: Path) -> PackFolder:
    """Write the small pack with some files replaced, added or (None) left out; gives its folder."""

    def write(changes: Mapping[str, str | bytes | None]) -> Path:
        for name, content in {**_FILES, **changes}.items():
            if content is None:
                continue
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


@pytest.fixture
def pack_with(pack_folder: PackFolder) -> Callable[[str, str, str], Path]:
    """Write the small pack with a piece of one of its files replaced; gives its folder."""

    def write(name: str, old: str, new: str) -> Path:
        assert old in _FILES[name]
        return pack_folder({name: _FILES[name].replace(old, new)})

    return write
