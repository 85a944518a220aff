"""The shape of `policy.toml`: what each clause says, in the pack's own words."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tasmat_check.models import AuthorRole, Channel, Level


class Strict(BaseModel):
    """A table of a pack file: unknown keys are mistakes, values never change."""

    # What checks a table is built when one is read: a pack that was kept needs none.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


LevelName = Literal["breach", "caution", "note"]


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Text = Annotated[str, AfterValidator(_filled)]


class Clause(Strict):
    """One numbered clause.

    `manual` says why no machine can tell a breach of it from a post. `follows` makes the clause a companion: it is
    shown as a note when a clause listed there ("*": any) is breached by an author in one of `roles` (none: anyone).
    """

    number: Annotated[str, Field(pattern=r"^\d+(\.\d+)*$")]
    section: Text
    title: Text
    level: LevelName
    summary: Text
    advice: Text
    channels: tuple[Channel, ...] = ("personal", "official")
    manual: str = ""
    follows: tuple[str, ...] = ()
    roles: tuple[AuthorRole, ...] = ()

    @property
    def limit(self) -> Level:
        """The gravest level that the clause's own wording supports."""
        return Level[self.level.upper()]


class Policy(Strict):
    """The policy as a whole; clauses stand in the policy's order."""

    title: Text
    edition: Text
    scope: str = ""
    clause: tuple[Clause, ...]
