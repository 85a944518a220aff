"""What a batch was started with; a resumed one must be the same."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from tasmat_check import __version__
from tasmat_check import pack as packs
from tasmat_check.config import Config
from tasmat_check.errors import UsageError
from tasmat_check.files import UnreadableError
from tasmat_check.files.shared import is_shared, shared_mark

_NO_MATTER = {"format", "fail_on", "quiet", "output", "jobs", "resume", "only", "people", "pack", "logos", "baseline"}
_NO_MATTER |= {"engine", "scheduler", "tls_ca", "tls_cert", "tls_key"}
"""Options that change nothing of what is stored, and those whose files are compared instead."""


class Manifest(BaseModel):
    """The marks of a batch, none of which tells a word of the posts, and what it counted when it was done."""

    model_config = ConfigDict(frozen=True)

    version: str = __version__
    shard_size: int
    inputs: dict[str, str]
    pack: str
    people: str
    logos: str
    options: dict[str, str]
    posts: int = 0
    intake: tuple[str, ...] = ()
    done: bool = False

    @classmethod
    def of(cls, paths: Sequence[str], options: Config, shard_size: int) -> "Manifest":
        """Describe a batch of some inputs and options."""
        pack = options.pack or packs.builtin_folder()
        values = options.model_dump(mode="json", exclude=_NO_MATTER)
        return cls(
            shard_size=shard_size,
            inputs={path: _input_mark(path) for path in paths},
            pack=content_mark([pack]),
            people=_mark(options.people),
            logos=_mark([options.logos] if options.logos else []),
            options={name: str(value) for name, value in sorted(values.items())},
        )

    def check_same(self, other: "Manifest", where: str) -> None:
        """Raise UsageError that names what differs from the batch that is in the folder."""
        changed = [f"option {name}" for name in self.options if self.options[name] != other.options.get(name)]
        changed += [path for path in self.inputs if self.inputs[path] != other.inputs.get(path)]
        changed += [path for path in other.inputs if path not in self.inputs]
        named = {"pack": "the policy pack", "people": "the people list", "logos": "the logos"}
        named |= {"version": "tasmat-check itself", "shard_size": "the size of shards"}
        changed += [words for name, words in named.items() if getattr(self, name) != getattr(other, name)]
        if changed:
            raise UsageError(
                where, f"changed since this batch began: {', '.join(changed)}; start anew in another folder"
            )


def _input_mark(path: str) -> str:
    if not is_shared(path):
        return _mark([Path(path)])
    try:
        return shared_mark(path)
    except UnreadableError as problem:
        raise UsageError(path, problem.reason) from problem


def _mark(paths: Sequence[Path]) -> str:
    """Mark files by name, size and time of change, which takes no time even for large archives."""
    digest = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            about = file.stat()
            digest.update(f"{file}\0{about.st_size}\0{about.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]


def content_mark(paths: Sequence[Path]) -> str:
    """Mark files and folders by their content, since they may be copied or installed anew without a change."""
    digest = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file())
    elif path.is_file():
        yield path
