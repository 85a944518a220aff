"""Writes the links by which the records of a repository know each other, which are hashes of what they name."""

from base64 import b32encode


def link_of(cid: bytes) -> str:
    """Write a content identifier as people see it: `bafyrei…`."""
    return "b" + b32encode(cid).decode().rstrip("=").lower()
