"""Invented reports and a small policy of its own, so that snapshots do not move with the wording of the real one."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tasmat_check.models import Box, Draft, Finding, Level, Location, Passage, Report, Seen, Skipped, Span
from tasmat_check.pack.policy_file import Clause, Policy

CLAUSES = (
    ("5.4", "People you know through work", "breach"),
    ("6.1", "Not naming your employer", "breach"),
    ("6.8", "What you learn at work", "breach"),
    ("6.14", "Colleagues as friends", "caution"),
    ("6.15", "Your own privacy", "caution"),
    ("9.1", "Disciplinary action possible", "note"),
    ("9.2", "Serious cases: dismissal possible", "note"),
)


@dataclass(frozen=True)
class SmallPack:
    """A pack of just a policy."""

    policy: Policy

    def clause(self, number: str) -> Clause:
        return next(clause for clause in self.policy.clause if clause.number == number)


def small_pack() -> SmallPack:
    clauses = [
        {"number": number, "section": "Rules", "title": title, "level": level, "summary": "Why.", "advice": "Leave it."}
        for number, title, level in CLAUSES
    ]
    policy = {"title": "Example Trust Policy", "edition": "June 2020", "scope": "All.", "clause": clauses}
    return SmallPack(Policy.model_validate(policy))


POST = (
    "Long day at Saxon Mount! 😴 Jayden Pike threw a chair again and his mum Kelly Pike never turned up.\n"
    "Anyway, message me on 07700 900123 if you want to hear the rest."
)


def finding(text: str, evidence: str, clauses: str, message: str = "Quotes: “{}”", **other: Any) -> Finding:
    start = text.index(evidence)
    fields = {
        "rule": "some-rule",
        "clauses": tuple(clauses.split()),
        "level": Level.BREACH,
        "message": message.format(evidence),
        "fix": "Leave it out.",
        "evidence": evidence,
        "confidence": 0.9,
        "location": Location(Span(start, start + len(evidence)), other.pop("part", "")),
    }
    return Finding(**{**fields, **other})


def breach_report(**draft: Any) -> Report:
    named = {
        "rule": "pupil-named",
        "message": "Names someone you know through work: “{}”",
        "fix": "Leave the person out.",
    }
    return Report(
        Draft(**{"id": "monday.txt", "source": "monday.txt", "text": POST, **draft}),
        (
            finding(
                POST,
                "day at Saxon Mount",
                "6.1",
                "Says where you work: “{}”",
                rule="works-at",
                fix="Say “at work” instead.",
            ),
            finding(POST, "Jayden Pike", "5.4 6.8", **named),
            finding(POST, "Kelly Pike", "5.4 6.8", **named),
            finding(
                POST,
                "Jayden Pike threw a chair again",
                "5.4 6.8",
                "Tells how a pupil behaved: “{}”",
                rule="pupil-behaviour",
                fix="Leave out what happened.",
            ),
            finding(
                POST,
                "07700 900123",
                "6.15",
                "Gives away a phone number: “{}”",
                rule="own-phone",
                fix="Take the number out.",
                level=Level.CAUTION,
                confidence=0.75,
            ),
        ),
        {
            "5.4": Level.BREACH,
            "6.1": Level.BREACH,
            "6.8": Level.BREACH,
            "6.15": Level.CAUTION,
            "9.1": Level.NOTE,
            "9.2": Level.NOTE,
        },
    )


def part_report() -> Report:
    alt = "Team lunch with Priya, add me!"
    return Report(
        Draft(
            "photo post",
            "posts.jsonl",
            "A lovely lunch today.",
            channel="official",
            parts=(Passage(alt, "alt text of lunch.jpg"),),
        ),
        (
            finding(
                alt,
                "add me",
                "6.14",
                "Invites a colleague: “{}”",
                part="alt text of lunch.jpg",
                level=Level.CAUTION,
                fix="",
            ),
        ),
        {"6.14": Level.CAUTION},
        (Skipped("lunch.jpg", "pictures cannot be read yet"),),
    )


def picture_report() -> Report:
    """Give a post that an export dates, with a face, words and hidden data in its picture."""
    face = finding("face", "face", "5.4", "Shows a face", rule="face-shown")
    return Report(
        Draft(
            "posts.csv#2",
            "old posts/posts.csv",
            "At the beach",
            images=("beach, day.jpg",),
            seen=(Seen("beach, day.jpg", 300, 300),),
            published=datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
        ),
        (
            replace(face, location=Location(Span(0, 0), image="beach, day.jpg", box=Box(0, 0, 30, 40))),
            replace(face, location=Location(Span(0, 0), image="beach, day.jpg", source="GPSInfo"), rule="place-hidden"),
        ),
        {"5.4": Level.BREACH},
    )


def hostile_report() -> Report:
    """Give a report whose every word tries to break out of its format."""
    text = "\u202e]]>\x1b[31m\x00\ufffe\ud83d</a>&\"'\r\n::error::x%0A,:[go](http://example.org){0}=1+1 _x0041_"
    odd = finding(text, text, "5.4", "{}", fix=text, rule=text)
    image = replace(odd, location=Location(Span(0, 0), image=text, source=text))
    part = replace(odd, location=Location(Span(0, len(text)), text))
    parts = (Passage(text, text),)
    return Report(
        Draft(text, text, text, parts=parts), (odd, image, part), {"5.4": Level.BREACH}, (Skipped(text, text),)
    )


def clear_report() -> Report:
    return Report(Draft("cake.txt", "cake.txt", "Baked a lemon cake. It sank."))


def skipped_report() -> Report:
    return Report(Draft("walk.txt", "walk.txt", "A walk."), skipped=(Skipped("dog.heic", "this kind is unknown"),))


def all_reports() -> list[Report]:
    return [breach_report(), part_report(), clear_report(), skipped_report()]


def encoded(encoding: str) -> tuple[io.TextIOWrapper, Callable[[], bytes]]:
    """Give a strict stream in an encoding, and what has been written to it."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n", write_through=True)
    return stream, raw.getvalue
