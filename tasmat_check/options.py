"""What one command was asked for: the command line over the configuration file over the defaults."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, ValidationError

from tasmat_check import config as configuration
from tasmat_check.config import Config, Format
from tasmat_check.errors import UsageError


def _processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_given(value: object) -> bool:
    """Say whether an option was given, be it as 0."""
    return value is not None and value is not False and value != []


def _format_of(output: str | Path | None) -> str:
    """Tell the format that the ending of a file's name asks for; empty where it asks for none."""
    ending = Path(output).suffix.lower().removeprefix(".") if output else ""
    return ending if ending in get_args(Format) else ""


class Options(Config):
    """The options of one command; those below `output` are of a batch alone. `output` is a path or a URL."""

    output: str | None = None
    jobs: int = Field(default_factory=_processors, ge=1, le=64)
    resume: bool = False
    since: date | None = None
    until: date | None = None
    sample: int | None = Field(None, ge=1)
    only: Literal["breach", "caution"] | None = None
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None

    def in_full(self) -> "Options":
        """Name files so that they are the same from any folder, as a worker on another machine has its own."""
        named = {name: path.absolute() for name in ("pack", "logos") if (path := getattr(self, name))}
        return self.model_copy(update={"people": tuple(path.absolute() for path in self.people), **named})

    @classmethod
    def merged(cls, path: Path | None, given: Mapping[str, Any]) -> "Options":
        """Lay the options that were given over a configuration file; raises ConfigError or UsageError."""
        base = configuration.load(path)
        chosen = {name: given[name] for name in cls.model_fields if _is_given(given.get(name))}
        if base.format == "terminal" and (ending := _format_of(chosen.get("output"))):
            chosen.setdefault("format", ending)
        if "model" in chosen:
            chosen.setdefault("no_model", False)
        values = {field.alias or name: getattr(base, name) for name, field in Config.model_fields.items()}
        values |= {cls.model_fields[name].alias or name: value for name, value in chosen.items()}
        try:
            return cls.model_validate(values)._checked()
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            what = f"{configuration.plainly(detail)}, not {detail['input']}"
            raise UsageError(f"--{detail['loc'][0]}", what) from error

    def _checked(self) -> "Options":
        """Refuse options that do not go together."""
        if self.since and self.until and self.since > self.until:
            raise UsageError("--until", f"{self.until} is before --since {self.since}")
        if self.engine == "dask" and not self.scheduler:
            raise UsageError("--engine dask", "say where the scheduler is: --scheduler tcp://HOST:8786")
        if self.engine != "dask" and self.scheduler:
            raise UsageError("--scheduler", "goes with --engine dask")
        if (self.scheduler or "").startswith("tls:") and not (self.tls_ca and self.tls_cert and self.tls_key):
            raise UsageError("--scheduler tls://…", "needs --tls-ca, --tls-cert and --tls-key")
        return self
