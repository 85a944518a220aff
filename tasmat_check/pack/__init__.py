"""A policy pack: everything the checker knows, as data, loaded and validated from a folder.

policy.toml            the clauses
organisation.toml      who the trust and its schools are (may be absent)
rules/<topic>/*.toml   one rule a file
lexicons/*.txt         one phrase a line; the file's name is the word class, or an entity label in capitals
model/                 the meaning model (may be absent: then the built-in pack's reads the posts)

What the built-in pack comes to is kept between runs (keeping.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tasmat_check.errors import ModelError, PackError
from tasmat_check.meaning.settings import read_settings
from tasmat_check.pack.keeping import builtin_folder, kept
from tasmat_check.pack.loading import Mistakes, read_lexicons, read_model, read_nicknames, read_rules
from tasmat_check.pack.organisation_file import Organisation
from tasmat_check.pack.policy_file import Clause, Policy
from tasmat_check.pack.rule_file import MeaningMatch, Rule
from tasmat_check.pack.validation import check_pack

__all__ = ["Pack", "builtin_folder", "load", "model_folder"]


@dataclass(frozen=True)
class Pack:
    """A validated pack: rules sorted by id, clauses in the policy's order, and the folder of the trust's own logos."""

    folder: Path
    policy: Policy
    organisation: Organisation
    rules: tuple[Rule, ...]
    lexicons: Mapping[str, tuple[str, ...]]
    logos: Path | None = None

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {clause.number: clause for clause in self.policy.clause}

    def clause(self, number: str) -> Clause:
        """Give a clause by its number; raises KeyError."""
        return self._clauses[number]

    def has_clause(self, number: str) -> bool:
        """Say whether the policy has a clause of this number."""
        return number in self._clauses

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each clause in the policy."""
        return {number: place for place, number in enumerate(self._clauses)}

    @cached_property
    def nicknames(self) -> Mapping[str, tuple[str, ...]]:
        """The short forms of forenames, all in lower case; read when a people list first needs them."""
        return read_nicknames(self.folder / "nicknames.csv")

    @property
    def model(self) -> Path:
        """The folder of the meaning model."""
        return model_folder(self.folder)

    @cached_property
    def understood(self) -> frozenset[str]:
        """The clauses that a rule asks the meaning model about."""
        return frozenset(
            number for rule in self.rules if isinstance(rule.match, MeaningMatch) for number in rule.clauses
        )

    @property
    def is_shipped(self) -> bool:
        """Whether rules and lexicons are those that come with the program, as they come."""
        shipped = _shipped() if self.folder == builtin_folder() else None
        return shipped is not None and self.rules is shipped.rules and self.lexicons is shipped.lexicons

    def rule(self, rule_id: str) -> Rule | None:
        """Give a rule by its id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def model_folder(pack: Path) -> Path:
    """Give the folder of a pack's meaning model: its own, else the built-in pack's."""
    own = pack / "model"
    return own if own.is_dir() else builtin_folder() / "model"


def load(folder: Path | None = None) -> Pack:
    """Load and validate a pack; raises PackError that lists every mistake.

    Without a folder the built-in pack is loaded as it was tested: checking it again would take a fifth of a second, a
    sixth of what a short post costs.
    """
    if folder is None:
        return _shipped()
    return _read(folder, tested=False)


@cache
def _shipped() -> Pack:
    return kept("pack", lambda: _read(builtin_folder(), tested=True))


def _read(folder: Path, *, tested: bool) -> Pack:
    if not folder.is_dir():
        raise PackError([f"{folder}: no such pack folder"])
    mistakes = Mistakes(folder)
    policy = read_model(folder / "policy.toml", Policy, mistakes)
    organisation_path = folder / "organisation.toml"
    organisation = read_model(organisation_path, Organisation, mistakes) if organisation_path.exists() else None
    rules = read_rules(folder / "rules", mistakes)
    lexicons = read_lexicons(folder / "lexicons", mistakes)
    if policy is not None and not tested:
        check_pack(policy, rules, lexicons, _meanings(folder, rules), mistakes)
    if mistakes.lines or policy is None:
        raise PackError(mistakes.lines)
    ordered = tuple(sorted((rule for _, rule in rules), key=lambda rule: rule.id))
    phrases = {path.stem: lines for path, lines in lexicons}
    return Pack(folder, policy, organisation or Organisation.unnamed(), ordered, phrases, _logos(folder))


def _logos(pack: Path) -> Path | None:
    folder = pack / "logos"
    return folder if folder.is_dir() else None


def _meanings(folder: Path, rules: Sequence[tuple[Path, Rule]]) -> frozenset[str]:
    """Name the labels of the meaning model; it is not opened for a pack whose rules do not ask for it."""
    if not any(isinstance(rule.match, MeaningMatch) for _, rule in rules):
        return frozenset()
    try:
        settings = read_settings(model_folder(folder) / "settings.json")
    except ModelError as error:
        raise PackError([str(error)]) from error
    return frozenset(label.name for label in settings.labels)
