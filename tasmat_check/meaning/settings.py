"""What a trained model is read by: its labels, how sure its figures are, and from where on they count."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tasmat_check.errors import ModelError

ANY = "any"
"""The label of a text that breaches whichever clause."""

Share = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Strict):
    """One thing the model recognizes, by the clause's number.

    `scale` and `shift` turn its logit into a calibrated one (Platt, 1999); a calibrated probability of at least
    `caution` or `breach` counts as that level.
    """

    name: str
    scale: float
    shift: float
    caution: Share
    breach: Share


class Settings(_Strict):
    """Everything about a model that is not a weight. The labels stand in the order of the model's outputs."""

    labels: tuple[Label, ...]

    @model_validator(mode="after")
    def _has_any(self) -> Self:
        if ANY not in {label.name for label in self.labels}:
            raise ValueError(f"there is no label {ANY}")
        return self


def read_settings(path: Path) -> Settings:
    """Read a model's settings; raises ModelError."""
    try:
        return Settings.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(str(path), error.strerror or "cannot be read") from error
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = ", ".join(map(str, detail["loc"]))
        raise ModelError(str(path), f"{place}: {detail['msg']}") from error
