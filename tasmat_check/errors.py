"""The errors a person can cause, each with the exit code it ends in.

TasmatError                  root; `where: what`, exit 2
├── UsageError               the command line does not make sense
├── ConfigError              a configuration file is wrong
├── PackError                a policy pack is wrong; may hold several mistakes
├── PeopleError              a people list cannot be read
├── InputError               a file to learn from, or a baseline, cannot be read
└── ModelError               a language model cannot be loaded
"""

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of every command means."""

    CLEAR = 0
    FOUND = 1
    ERROR = 2


class TasmatError(Exception):
    """A mistake in what the user gave, told in one line: `where: what`."""

    exit_code = Exit.ERROR

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where = where
        self.what = what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class UsageError(TasmatError):
    """The words on the command line do not fit together."""


class ConfigError(TasmatError):
    """A configuration file has a wrong key or value."""


class PeopleError(TasmatError):
    """A people list cannot be understood."""


class InputError(TasmatError):
    """A file to learn from, or a baseline, cannot be understood."""


class ModelError(TasmatError):
    """A language model is not installed or does not load."""


class PackError(TasmatError):
    """A policy pack has mistakes; `mistakes` holds one `where: what` line each."""

    def __init__(self, mistakes: list[str]) -> None:
        where, _, what = mistakes[0].partition(": ")
        super().__init__(where, what)
        self.args = (mistakes,)  # what it is made of again on the way from a worker
        self.mistakes = mistakes
