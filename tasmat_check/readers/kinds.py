"""Tells what a file holds, by its suffix where that is plain, else by its first bytes."""

import os
from pathlib import Path
from typing import Literal

from tasmat_check import picture_formats
from tasmat_check.picture_formats import VIDEOS_NOT_CHECKED, looks_like_picture, looks_like_video
from tasmat_check.readers.decoding import UnreadableError

Kind = Literal["text", "word", "web", "mail", "posts", "picture", "video", "archive", "folder"]

ARCHIVES_NOT_READ = "archives of platforms are not read yet"

_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "word": (".docx",),
    "web": (".html", ".htm", ".xhtml"),
    "mail": (".eml",),
    "posts": (".jsonl", ".ndjson", ".json", ".csv", ".tsv"),
    "picture": tuple(picture_formats.SUFFIXES),
    "video": (".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".3gp", ".flv"),
    "archive": (".zip", ".tar.gz", ".tgz", ".tar", ".gz", ".7z", ".rar", ".js", ".car"),
}
_LARGEST_PICTURE = 64_000_000


def kind_of(path: str) -> Kind:
    """Tell what a path holds; whatever cannot be told or opened counts as text, and fails when it is read."""
    if _is_folder(path):
        return "folder"
    name = path.lower()
    for kind, suffixes in _SUFFIXES.items():
        if name.endswith(suffixes):
            return kind
    return _kind_inside(path)


def why_no_picture(path: str) -> str:
    """Say why a file cannot be handed on as a picture; empty when it can."""
    if path.lower().endswith(_SUFFIXES["video"]):
        return VIDEOS_NOT_CHECKED
    try:
        head = load(path, picture_formats.HEAD, cut=True)
    except UnreadableError as problem:
        return problem.reason
    if not head:
        return "empty"
    if path.lower().endswith(_SUFFIXES["picture"]) or looks_like_picture(head):
        return ""
    return VIDEOS_NOT_CHECKED if looks_like_video(head) else "is not a picture"


def load_picture(path: str) -> bytes:
    """Read a picture file whole; raises UnreadableError."""
    return load(path, _LARGEST_PICTURE)


def load(path: str, limit: int, *, cut: bool = False) -> bytes:
    """Read at most `limit` bytes of a file; a longer one raises UnreadableError, unless it may be `cut`."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as problem:
        raise UnreadableError(why_not_opened(problem)) from problem
    if len(data) > limit and not cut:
        raise UnreadableError(f"is larger than {limit // 1_000_000} MB")
    return data[:limit]


def why_not_opened(problem: OSError | ValueError) -> str:
    """Put the system's refusal to open a file into plain words."""
    match problem:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file"
        case PermissionError():
            return "you may not read it"
        case IsADirectoryError():
            return "is a folder"
        case OSError():
            return f"cannot be read: {(problem.strerror or 'unknown error').lower()}"
    return "is not a file name"


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _kind_inside(path: str) -> Kind:
    if not os.path.isfile(path):  # noqa: PTH113 - a pipe can be read only once, and Path.is_file may raise
        return "text"
    try:
        head = load(path, picture_formats.HEAD, cut=True)
    except UnreadableError:
        return "text"
    if looks_like_picture(head):
        return "picture"
    return "video" if looks_like_video(head) else "text"
