"""What is worked out of the built-in pack is kept between runs; nothing else is, and nothing stale is used."""

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tasmat_check import pack as packs
from tasmat_check.engine import Checker
from tasmat_check.errors import PackError
from tasmat_check.models import Draft
from tasmat_check.pack import keeping
from tasmat_check.pack.keeping import Made
from tasmat_check.rules import RuleSet

DRAFTS = [
    Draft("1", "1", "8G1 just as bad as 8G2 LOL"),
    Draft("2", "2", "Jayden (Y9) bit me again, ring me on 07700 900123"),
    Draft("3", "3", "Cake sale on Friday, all welcome!", channel="official"),
    Draft("4", "4", "A week with no kids, bliss. My manager is useless and the head teacher is worse"),
]


@pytest.fixture
def kept_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for what is kept, and a program whose files a test may change."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "policy.toml").write_text("one")
    monkeypatch.setattr(keeping, "builtin_folder", lambda: tmp_path / "pack")
    keeping._mark_of_program.cache_clear()
    yield tmp_path / "kept"
    keeping._mark_of_program.cache_clear()


def made(what: str) -> Callable[[], str]:
    return lambda: what


def copied(_: str, make: Callable[[], Made], _source: bytes = b"", /) -> Made:
    return pickle.loads(pickle.dumps(make()))  # type: ignore[no-any-return] # noqa: S301


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_not_made_again(kept_files: Path) -> None:
    assert keeping.kept("answer", made("first")) == "first"
    assert keeping.kept("answer", made("second")) == "first"
    assert keeping.kept("other", made("third")) == "third"
    assert len(files_in(kept_files)) == 2


def test_another_source_has_it_worked_out_anew(kept_files: Path) -> None:
    assert keeping.kept("answer", made("first"), b"logos") == "first"
    assert keeping.kept("answer", made("second"), b"logos") == "first"
    assert keeping.kept("answer", made("third"), b"other logos") == "third"
    assert len(files_in(kept_files)) == 1


@pytest.mark.parametrize("change", ["another text", ""])
def test_a_changed_pack_is_worked_out_anew(kept_files: Path, change: str) -> None:
    keeping.kept("answer", made("first"))
    (kept_files.parent / "pack" / "policy.toml").write_text(change)
    keeping._mark_of_program.cache_clear()
    assert keeping.kept("answer", made("second")) == "second"


def test_a_changed_file_of_the_same_size_is_noticed(kept_files: Path) -> None:
    keeping.kept("answer", made("first"))
    os.utime(kept_files.parent / "pack" / "policy.toml", (1_000_000_000, 1_000_000_000))
    keeping._mark_of_program.cache_clear()
    assert keeping.kept("answer", made("second")) == "second"


def test_a_new_file_of_the_program_has_it_worked_out_anew(kept_files: Path) -> None:
    keeping.kept("answer", made("first"))
    (kept_files.parent / "pack" / "rules").mkdir()
    (kept_files.parent / "pack" / "rules" / "new.toml").touch()
    keeping._mark_of_program.cache_clear()
    assert keeping.kept("answer", made("second")) == "second"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[:-1], id="cut short"),
        pytest.param(lambda content: content[:-2] + b"XX", id="changed"),
        pytest.param(lambda _: b"", id="empty"),
    ],
)
def test_a_damaged_file_is_made_again(kept_files: Path, damage: Callable[[bytes], bytes]) -> None:
    keeping.kept("answer", made("first"))
    (file,) = files_in(kept_files)
    file.write_bytes(damage(file.read_bytes()))
    assert keeping.kept("answer", made("second")) == "second"
    assert keeping.kept("answer", made("third")) == "second"


def test_where_nothing_can_be_written_it_is_made_each_time(kept_files: Path) -> None:
    kept_files.write_text("a file stands where the folder should be")
    assert keeping.kept("answer", made("first")) == "first"
    assert keeping.kept("answer", made("second")) == "second"


def test_what_fails_is_told_and_not_kept(kept_files: Path) -> None:
    def fail() -> str:
        raise PackError(["broken"])

    with pytest.raises(PackError):
        keeping.kept("answer", fail)
    assert files_in(kept_files) == []


def test_nothing_of_another_trusts_pack_is_kept(kept_files: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    (own / "lexicons").mkdir()
    shipped = Path(__file__).parents[2] / "patterns"
    rule = min((shipped / "rules").rglob("*.toml")).relative_to(shipped).as_posix()
    for name in ("policy.toml", rule, *(f"lexicons/{path.name}" for path in (shipped / "lexicons").iterdir())):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_bytes((shipped / name).read_bytes())
    pack = packs.load(own)
    Checker(pack, meaning=False).check(DRAFTS[0])
    assert not pack.is_shipped
    assert files_in(kept_files) == []


def test_a_changed_copy_of_the_built_in_pack_is_not_taken_for_it() -> None:
    pack = packs.load()
    assert pack.is_shipped
    assert replace(pack, logos=Path("logos")).is_shipped
    assert not replace(pack, rules=pack.rules[1:]).is_shipped
    assert not replace(pack, lexicons=dict(pack.lexicons)).is_shipped


def test_rules_find_the_same_once_they_were_kept() -> None:
    pack = packs.load()
    fresh, kept = Checker(pack, meaning=False), Checker(pack, meaning=False)
    fresh._rules = RuleSet(pack.rules, pack.lexicons)
    kept._rules = RuleSet(pack.rules, pack.lexicons, copied)
    reports = list(fresh.check_many(DRAFTS))
    assert [report.verdict for report in reports] != ["clear"] * len(DRAFTS)
    assert list(kept.check_many(DRAFTS)) == reports
