"""Reads the records of a repository of Bluesky, and finds the names under which it keeps them."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tasmat_check.files import UnreadableError
from tasmat_check.readers.json_values import objects_at, text_at, value_at
from tasmat_check.readers.platforms.bluesky.car import read_blocks
from tasmat_check.readers.platforms.bluesky.cbor import DamagedError, decode
from tasmat_check.readers.platforms.bluesky.posts import POST

_NODE = b"\xa2ae"
"""How a node of the tree begins: a map of two, the first of which is its entries."""

_COMMIT = b"cdid"
"""The first key of the commit, which says whose repository it is."""


def read_repository(path: str) -> Iterator[tuple[str, Any]]:
    """Yield each record with its id, in the order of the file; None for a record that is damaged.

    The id is the address of a post (`at://did:plc:…/app.bsky.feed.post/3k…`), else the link of the record. Raises
    UnreadableError where the file breaks off.
    """
    addresses = _addresses(path)
    for block in read_blocks(path):
        if block.data is None:
            yield block.link, None
        elif not _is_structure(block.data):
            yield addresses.get(block.link, block.link), _decoded(block.data)


def _is_structure(data: bytes) -> bool:
    return data.startswith(_NODE) or data.startswith(_COMMIT, 1)


def _decoded(data: bytes) -> Any:
    with suppress(DamagedError):
        return decode(data)
    return None


def _addresses(path: str) -> dict[str, str]:
    """Map the links of the posts to their addresses, as far as the file can be read."""
    owner = ""
    keys: dict[str, str] = {}
    with suppress(UnreadableError):
        for block in read_blocks(path):
            if block.data and _is_structure(block.data):
                content = _decoded(block.data)
                owner = text_at(content, "did") or owner
                keys.update(_keys(content))
    return {link: f"at://{owner}/{key}" for link, key in keys.items()} if owner else {}


def _keys(node: object) -> Iterator[tuple[str, str]]:
    """Yield link and key of each post in a node, where a key leaves out as much as it shares with the one before."""
    key = b""
    for entry in objects_at(node, "e"):
        shared, rest = value_at(entry, "p"), value_at(entry, "k")
        if not isinstance(shared, int) or not isinstance(rest, bytes):
            return
        key = key[:shared] + rest
        if key.startswith(f"{POST}/".encode()):
            yield text_at(entry, "v", "$link"), key.decode("ascii", "replace")
