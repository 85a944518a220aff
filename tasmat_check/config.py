"""Reads `tasmat-check.toml`, where a school keeps its usual options."""

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from tasmat_check.errors import ConfigError
from tasmat_check.models import AuthorRole, Channel

FILE_NAME = "tasmat-check.toml"

Format = Literal["terminal", "json", "jsonl", "csv", "html", "sarif", "junit", "github", "xlsx", "parquet"]
FailOn = Literal["breach", "caution", "never"]

_PLAINLY = {"extra_forbidden": "unknown key", "tuple_type": "must be a list, in square brackets"}


class Config(BaseModel):
    """Defaults for the options of check and batch; keys are spelt as on the command line.

    Paths in a file are taken from the file's own folder.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: Channel = "personal"
    role: AuthorRole = "staff"
    people: tuple[Path, ...] = ()
    pack: Path | None = None
    model: str | None = None
    no_model: bool = Field(False, alias="no-model")
    format: Format = "terminal"
    mask: bool = False
    fail_on: FailOn = Field("breach", alias="fail-on")
    quiet: bool = False
    no_images: bool = Field(False, alias="no-images")
    logos: Path | None = None
    me: str = ""
    baseline: Path | None = None

    @property
    def pipeline(self) -> str | None:
        """The spaCy pipeline to find names with too; None for none."""
        return None if self.no_model else self.model


def load(path: Path | None) -> Config:
    """Read the named file, else the nearest one found, else give the built-in defaults; raises ConfigError."""
    found = path or next(_candidates(), None)
    if found is None:
        return Config.model_validate({})
    try:
        config = Config.model_validate(tomllib.loads(found.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise ConfigError(str(found), error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(found), "is not saved as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(found), f"is not valid TOML: {error}") from error
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise ConfigError(str(found), f"{'.'.join(map(str, detail['loc']))}: {plainly(detail)}") from error
    return _rebased(config, found.parent)


def plainly(detail: ErrorDetails) -> str:
    """Say in plain words what pydantic finds wrong with a value."""
    return _PLAINLY.get(detail["type"]) or detail["msg"].replace("Input should be", "must be")


def _candidates() -> Iterator[Path]:
    """Give the configuration files that exist: working folder, its parents, the user's config folder."""
    here = Path.cwd()
    for folder in (here, *here.parents, _user_folder()):
        if (folder / FILE_NAME).is_file():
            yield folder / FILE_NAME


def _user_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home()), "tasmat-check")
    return Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"), "tasmat-check")


def _rebased(config: Config, folder: Path) -> Config:
    """Take paths from the folder of the configuration file."""
    given = {name: getattr(config, name) for name in ("pack", "logos", "baseline")}
    paths = {name: folder / path for name, path in given.items() if path}
    return config.model_copy(update={"people": tuple(folder / path for path in config.people), **paths})
