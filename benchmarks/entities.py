"""Scores `tasmat-check entities` on the public sets: phones, identifiers, links and names.

    python benchmarks/entities.py SETS_FOLDER [--tools TOOLS_FOLDER] [--held]

Each set is turned into the scoring tool's gold rows, the real command reads them, and the tool counts. `--held` keeps
of the names that are there to learn from only a quarter that nobody tunes on, chosen by each id's checksum. Handles and
hashtags are not scored: the tool leaves them out.
"""

import argparse
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import commands

Gold = dict[str, Any]


class Scored(NamedTuple):
    """One label of a set: the checker's name for it, and the set's own where they differ."""

    label: str
    gold: str = ""


class LabelledSet(NamedTuple):
    """A set under the name it has in the table: its file, how a row becomes a gold row (None: left out), its labels."""

    name: str
    file: str
    convert: Callable[[Gold], Gold | None]
    labels: tuple[Scored, ...]


def main() -> None:
    """Score every set that the folder holds and print one table."""
    options = _options()
    tool = (options.tools or options.sets.parent / "tools") / "score_entities.py"
    with tempfile.TemporaryDirectory() as folder:
        lines = [line for each in _sets(options.held) for line in _score(each, options.sets, tool, Path(folder))]
    commands.print_table(("set", "label", "gold", "seen", "precision", "recall", "f1", "exact"), lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Recall and precision of the recognizers on public sets.")
    parser.add_argument("sets", type=Path, metavar="SETS_FOLDER")
    parser.add_argument("--tools", type=Path, metavar="TOOLS_FOLDER", help="default: tools, beside the sets")
    parser.add_argument("--held", action="store_true", help="of the names, only the quarter held back")
    return parser.parse_args()


def _score(each: LabelledSet, sets: Path, tool: Path, folder: Path) -> Iterator[tuple[str, ...]]:
    rows = [row for row in map(each.convert, commands.read_rows(sets / each.file)) if row is not None]
    gold, seen = folder / "gold.jsonl", folder / "seen.jsonl"
    commands.write_rows(gold, rows)
    commands.run([commands.tasmat_check(), "entities", gold, "--output", seen])
    for label, name in each.labels:
        scores = commands.score(tool, sys.executable, [gold, seen, "--label", label, "--gold", name or label])
        counts = str(scores["gold"]), str(scores["seen"])
        precision = f"{scores['precision']:.3f}" if scores["seen"] else "–"
        figures = [f"{scores[key]:.3f}" if scores["gold"] else "–" for key in ("recall", "f1", "exact")]
        yield each.name, label, *counts, precision, *figures


def _sets(held: bool) -> Iterator[LabelledSet]:
    phone, url, email = Scored("PHONE_NUMBER"), Scored("URL"), Scored("EMAIL_ADDRESS")
    yield LabelledSet("phones, alone", "phone_gb_examples.dev.jsonl", _as_it_is, (phone,))
    yield LabelledSet("phones, in text", "phones_in_text.dev.jsonl", _phones_in_text, (phone,))
    yield LabelledSet("people of Britain", "gb_people.dev.jsonl", _person, (phone, *_PERSON_LABELS))
    yield LabelledSet("identifiers", "ids_presidio_tests.dev.jsonl", _by_kind, _IDENTIFIERS)
    yield LabelledSet("uk identifiers", "uk_identifiers.dev.jsonl", _as_it_is, _UK_LABELS)
    yield LabelledSet("synthetic texts", "pii_presidio_synth.dev.jsonl", _as_it_is, _SYNTHETIC)
    yield LabelledSet("links, linkify", "links_linkify_it.dev.jsonl", _linkify, (url, email))
    yield LabelledSet("links, twitter", "links_twitter_text.dev.jsonl", _twitter, (url,))
    yield LabelledSet("links, django", "links_django_validators.dev.jsonl", _django, (url, email))
    for name, prefix in (("names, BTC", "btc-"), ("names, WNUT", "wnut17-")):
        yield LabelledSet(name, "names.train.jsonl", _names_of(prefix, held), (Scored("PERSON", "PER"),))


_PERSON_LABELS = (Scored("PERSON"), Scored("STREET_ADDRESS"), Scored("UK_POSTCODE"))
_UK_LABELS = (Scored("UK_POSTCODE"), Scored("EMAIL_ADDRESS", "EMAIL"))
_IDENTIFIERS = (
    Scored("UK_NINO"),
    Scored("UK_POSTCODE"),
    Scored("UK_PASSPORT"),
    Scored("UK_DRIVING_LICENCE"),
    Scored("UK_VEHICLE_REGISTRATION", "UK_VEHICLE_REG"),
    Scored("IP_ADDRESS", "IP"),
    Scored("PHONE_NUMBER", "PHONE"),
    Scored("URL"),
)
_SYNTHETIC = (
    Scored("PERSON"),
    Scored("PHONE_NUMBER"),
    Scored("EMAIL_ADDRESS"),
    Scored("CREDIT_CARD"),
    Scored("IBAN_CODE"),
    Scored("IP_ADDRESS"),
    Scored("STREET_ADDRESS"),
)
_DJANGO_LABELS = {"url": "URL", "email": "EMAIL_ADDRESS"}


def _as_it_is(row: Gold) -> Gold:
    spans = row.get("entities") or [{**span, "label": "PHONE_NUMBER"} for span in row.get("expected", ())]
    return _gold(row, spans)


def _by_kind(row: Gold) -> Gold:
    return _gold(row, [{**span, "label": row["kind"]} for span in row["expected"]])


def _phones_in_text(row: Gold) -> Gold | None:
    """Keep the texts that a British reader would read so; a number found at any leniency is one."""
    if row["region"] != "GB":
        return None
    if "found_at" in row:
        return _gold(row, [_span(row["text"], row["text"].strip(), "PHONE_NUMBER")])
    found = {(s["start"], s["end"]) for spans in row["expected_by_leniency"].values() for s in spans}
    return _gold(row, [{"start": start, "end": end, "label": "PHONE_NUMBER"} for start, end in sorted(found)])


def _person(row: Gold) -> Gold:
    """Mark the fields of a made-up person where the text shows them."""
    text = row["text"]
    fields = {"PHONE_NUMBER": "phone", "UK_POSTCODE": "postcode", "STREET_ADDRESS": "street"}
    spans = [_span(text, row[field], label) for label, field in fields.items() if row[field] in text]
    name = text.partition(",")[0]
    return _gold(row, [*spans, _span(text, name, "PERSON")])


def _linkify(row: Gold) -> Gold:
    label = _DJANGO_LABELS.get(row["kind"], "URL")
    return _gold(row, _in_order(row["text"], row["expected"], label))


def _twitter(row: Gold) -> Gold | None:
    """Keep what is about links; the other kinds are about handles and tags."""
    if "urls" not in row["kind"]:
        return None
    expected = row["expected"]
    if isinstance(expected, bool):
        expected = [row["text"]] if expected else []
    addresses = [item["url"] if isinstance(item, dict) else item for item in expected]
    return _gold(row, _in_order(row["text"], addresses, "URL"))


def _django(row: Gold) -> Gold | None:
    """Keep the values that are right: a part of a wrong one may well be an address in running text."""
    if not row["valid"]:
        return None
    return _gold(row, [_span(row["text"], row["value"], _DJANGO_LABELS[row["kind"]])])


def _names_of(prefix: str, held: bool) -> Callable[[Gold], Gold | None]:
    def convert(row: Gold) -> Gold | None:
        if not row["id"].startswith(prefix) or (held and not _is_held(row["id"])):
            return None
        return _gold(row, row["entities"])

    return convert


def _is_held(row_id: str) -> bool:
    return zlib.crc32(row_id.encode()) % 4 == 0


def _in_order(text: str, parts: list[str], label: str) -> list[Gold]:
    """Find the parts one after another, so that one which stands twice is marked twice."""
    spans: list[Gold] = []
    position = 0
    for part in parts:
        start = text.find(part, position)
        if start < 0:
            continue
        position = start + len(part)
        spans.append({"start": start, "end": position, "label": label})
    return spans


def _span(text: str, part: str, label: str) -> Gold:
    start = text.index(part)
    return {"start": start, "end": start + len(part), "label": label}


def _gold(row: Gold, spans: list[Gold]) -> Gold:
    return {"id": row["id"], "text": row["text"], "entities": spans}


if __name__ == "__main__":
    main()
