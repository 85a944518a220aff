"""Says in plain words why a file cannot be read."""


class UnreadableError(Exception):
    """Something cannot be read as a draft; `reason` says why, in words for the report's `skipped`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BrokenMemberError(OSError):
    """The bytes of a file inside an archive are damaged or end too soon."""

    def __init__(self) -> None:
        super().__init__(5, "the archive is damaged here")


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
