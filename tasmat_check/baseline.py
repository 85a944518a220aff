"""The baseline: findings that a person has already judged, so that a later run is silent about them.

It holds a mark of each finding and what was said of it, and no word of a post: a mark is a keyed hash (HMAC-SHA-256) of
the rule, its clauses, what it points at and the text around it, with a key of the file's own. A finding in a text that
was changed since is a new one.
"""

import hmac
import json
import os
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tasmat_check import policy
from tasmat_check.errors import InputError
from tasmat_check.models import AuthorRole, Finding, Report
from tasmat_check.pack import Pack

Judgement = Literal["right", "wrong", "accepted"]


class Reviewed(BaseModel):
    """What a person said of one finding, when, and why where it was accepted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    judgement: Judgement
    on: date
    reason: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    key: str = Field(pattern=r"[0-9a-f]{64}")
    reviewed: dict[str, Reviewed] = {}


class Baseline:
    """Findings that were judged, by their marks; `hidden` counts those left out of reports."""

    def __init__(self, path: Path, key: bytes, reviewed: Mapping[str, Reviewed]) -> None:
        """Take what a file holds."""
        self.path = path
        self.hidden: Counter[Judgement] = Counter()
        self._key = key
        self._reviewed = dict(reviewed)

    @classmethod
    def load(cls, path: Path) -> "Baseline":
        """Read a baseline; raises InputError where it is missing or damaged."""
        try:
            file = _File.model_validate_json(path.read_bytes())
        except OSError as error:
            raise InputError(str(path), error.strerror or "cannot be read") from error
        except ValidationError as error:
            raise InputError(str(path), "is no baseline that tasmat-check has written") from error
        return cls(path, bytes.fromhex(file.key), file.reviewed)

    @classmethod
    def load_or_new(cls, path: Path) -> "Baseline":
        """Read a baseline, or begin one where there is none."""
        return cls.load(path) if path.exists() else cls(path, secrets.token_bytes(32), {})

    def save(self) -> None:
        """Write the file, whole or not at all."""
        reviewed = dict(sorted(self._reviewed.items()))
        content = _File(key=self._key.hex(), reviewed=reviewed).model_dump_json(indent=1)
        started = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        started.write_text(content + "\n", encoding="utf-8")
        started.replace(self.path)

    def knows(self, report: Report, finding: Finding) -> bool:
        """Say whether a finding was judged before."""
        return self._mark(report, finding) in self._reviewed

    def judge(self, report: Report, finding: Finding, reviewed: Reviewed) -> None:
        """Note what was said of a finding."""
        self._reviewed[self._mark(report, finding)] = reviewed

    def without_reviewed(self, report: Report, pack: Pack, role: AuthorRole) -> Report:
        """Give a report without what was judged before; its clauses are settled anew."""
        left: list[Finding] = []
        for finding in report.findings:
            if reviewed := self._reviewed.get(self._mark(report, finding)):
                self.hidden[reviewed.judgement] += 1
            else:
                left.append(finding)
        if len(left) == len(report.findings):
            return report
        return replace(report, findings=tuple(left), clauses=policy.clause_levels(pack, left, role))

    def _mark(self, report: Report, finding: Finding) -> str:
        place = finding.location
        box = (place.box.left, place.box.top, place.box.right, place.box.bottom) if place.box else None
        image = Path(place.image.replace("\\", "/")).name
        around = [part.text for part in report.draft.parts if part.part == place.part and not part.image]
        told = [finding.rule, finding.clauses, finding.evidence, report.draft.text, around, image, box, place.source]
        return hmac.new(self._key, json.dumps(told).encode(), "sha256").hexdigest()[:32]
