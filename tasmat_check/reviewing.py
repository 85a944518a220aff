"""Steps through the findings of a finished batch with a person, and keeps what they say of each in a baseline."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from tasmat_check.baseline import Baseline, Judgement, Reviewed
from tasmat_check.models import Finding, Report
from tasmat_check.pack.policy_file import Clause
from tasmat_check.reporters import PackView
from tasmat_check.reporters.lettering import Lettering
from tasmat_check.reporters.marking import excerpt, marked

_ANSWERS: dict[str, Judgement] = {"r": "right", "w": "wrong", "a": "accepted"}
_QUESTION = "[r]ight, [w]rong, [a]ccepted, [s]kip, [q]uit? "
_REASON = "Why is it accepted? (no names: this is kept) "

Ask = Callable[[str], str]
"""Shows a question and gives the answer; raises EOFError when there is nobody to answer."""


def review(reports: Iterable[Report], pack: PackView, baseline: Baseline, ask: Ask, show: Callable[[str], None]) -> int:
    """Ask about every finding that the baseline does not know; save after each answer; give the number of answers."""
    answered = 0
    for report, finding in _open(reports, baseline):
        for line in _told(report, finding, pack.clause(finding.clauses[0])):
            show(line)
        answer = _answer(ask)
        if answer == "q":
            break
        if answer == "s":
            continue
        judgement = _ANSWERS[answer]
        reason = ask(_REASON).strip() if judgement == "accepted" else ""
        baseline.judge(report, finding, Reviewed(judgement=judgement, on=date.today(), reason=reason))
        baseline.save()
        answered += 1
    return answered


def _open(reports: Iterable[Report], baseline: Baseline) -> Iterator[tuple[Report, Finding]]:
    for report in reports:
        for finding in report.findings:
            if not baseline.knows(report, finding):
                yield report, finding


def _answer(ask: Ask) -> str:
    while True:
        try:
            answer = ask(_QUESTION).strip().lower()
        except EOFError:
            return "q"
        if answer in (*_ANSWERS, "s", "q"):
            return answer


def _told(report: Report, finding: Finding, clause: Clause) -> Iterator[str]:
    """Give the lines that show a finding in its post."""
    lettering = Lettering()
    yield ""
    when = f", {report.draft.published:%d %B %Y}" if report.draft.published else ""
    yield f"{lettering.signs.rule} {report.draft.id}{when}"
    yield from (f"    {line}" for line in _quoted(report, finding, lettering))
    yield f"{finding.level.label.upper()} {clause.number} {clause.title}"
    yield f"  {' '.join(finding.message.split())}"


def _quoted(report: Report, finding: Finding, lettering: Lettering) -> Iterator[str]:
    place = finding.location
    if place.image:
        yield f"{place.image}: {finding.evidence}"
        return
    texts = [part.text for part in report.draft.parts if part.part == place.part] if place.part else [report.draft.text]
    for text in texts[:1]:
        if place.part:
            yield f"{place.part}:"
        lines = marked(text, [finding], lettering, signs=True).split("\n")
        yield from ("…" if line is None else line.plain for line in excerpt(list(lines)))
