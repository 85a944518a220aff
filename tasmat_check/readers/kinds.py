"""Tells what a file holds, by its suffix where that is plain, else by its first bytes."""

from pathlib import Path
from typing import Literal

from tasmat_check import picture_formats
from tasmat_check.files import UnreadableError, is_file, load
from tasmat_check.picture_formats import VIDEOS_NOT_CHECKED, looks_like_picture, looks_like_video

Kind = Literal["text", "word", "web", "mail", "posts", "picture", "video", "archive", "folder"]

_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "word": (".docx",),
    "web": (".html", ".htm", ".xhtml"),
    "mail": (".eml",),
    "posts": (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    "picture": tuple(picture_formats.SUFFIXES),
    "video": (".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".3gp", ".flv"),
    "archive": (".zip", ".tgz", ".tar", ".gz", ".bz2", ".xz", ".7z", ".rar", ".js", ".car"),
}
_LARGEST_PICTURE = 64_000_000


def kind_of(path: str) -> Kind:
    """Tell what a path holds; whatever cannot be told or opened counts as text, and fails when it is read."""
    if _is_folder(path):
        return "folder"
    return kind_by_suffix(path) or _kind_inside(path)


def kind_by_suffix(path: str) -> Kind | None:
    """Tell what a file holds by its name alone; None where that tells nothing."""
    return next((kind for kind, suffixes in _SUFFIXES.items() if path.lower().endswith(suffixes)), None)


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


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _kind_inside(path: str) -> Kind:
    if not is_file(path):  # a pipe can be read only once
        return "text"
    try:
        head = load(path, picture_formats.HEAD, cut=True)
    except UnreadableError:
        return "text"
    if looks_like_picture(head):
        return "picture"
    return "video" if looks_like_video(head) else "text"
