"""Reading a pack's files: each mistake is one line that names the file and what to put right."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tasmat_check import pack
from tasmat_check.errors import PackError
from tasmat_check.pack.loading import read_nicknames

RULE = "rules/topic/sample.toml"
PackFolder = Callable[[Mapping[str, str | bytes | None]], Path]
PackWith = Callable[[str, str, str], Path]


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        pack.load(folder)
    assert all("\n" not in line for line in caught.value.mistakes)
    return caught.value.mistakes


def test_a_valid_pack_loads(pack_folder: PackFolder) -> None:
    loaded = pack.load(pack_folder({"rules/topic/notes.txt": "no rule", "lexicons/ORGANIZATION.txt": "Oakwell Bakery"}))
    assert [rule.id for rule in loaded.rules] == ["sample"]
    assert [clause.number for clause in loaded.policy.clause] == ["1.1", "1.2", "2.1"]
    assert loaded.clause("2.1").follows == ("1.1",)
    assert loaded.order == {"1.1": 0, "1.2": 1, "2.1": 2}
    assert loaded.lexicons["animal"] == ("dog", "polar bear")
    assert loaded.organisation.trust.name == "Oakwell Trust"
    assert loaded.has_clause("1.1")
    assert not loaded.has_clause("9")
    assert loaded.rule("sample") is loaded.rules[0]
    assert loaded.rule("other") is None
    assert loaded.nicknames == {}


def test_the_organisation_may_be_left_out(pack_folder: PackFolder) -> None:
    assert pack.load(pack_folder({"organisation.toml": None})).organisation.bodies == ()


@pytest.mark.parametrize("name", ["policy.toml", RULE, "lexicons/animal.txt"])
def test_a_byte_order_mark_does_no_harm(name: str, pack_folder: PackFolder) -> None:
    content = (pack_folder({}) / name).read_bytes()
    assert pack.load(pack_folder({name: b"\xef\xbb\xbf" + content})).lexicons["animal"] == ("dog", "polar bear")


def test_windows_line_ends_do_no_harm(pack_folder: PackFolder) -> None:
    assert pack.load(pack_folder({"lexicons/animal.txt": "dog\r\n# beasts\r\ncat\r\n"})).lexicons["animal"] == (
        "dog",
        "cat",
    )


REPLACED: list[tuple[str, str, str, list[str]]] = [
    # keys and values of a rule
    (RULE, "why =", "wy =", [f"{RULE}: why: is missing", f"{RULE}: wy: unknown key"]),
    (RULE, '"Because."', '" "', [f"{RULE}: why: must not be empty"]),
    (RULE, '"Because."', "7", [f"{RULE}: why: must be text, in quotes"]),
    (RULE, '["1.1"]', '"1.1"', [f"{RULE}: clauses: must be a list, in square brackets"]),
    (RULE, '["1.1"]', "[]", [f"{RULE}: clauses: must not be empty"]),
    (RULE, '"breach"', '"severe"', [f"{RULE}: level: must be breach, caution or note"]),
    (RULE, '"breach"', '"breach"\nconfidence = "high"', [f"{RULE}: confidence: must be a number"]),
    (RULE, '"breach"', '"breach"\nconfidence = 2', [f"{RULE}: confidence: must be less than or equal to 1"]),
    (RULE, '"breach"', '"breach"\nchannels = ["work"]', [f"{RULE}: channels 1: must be personal or official"]),
    (RULE, '"sample"', '"My rule"', [f"{RULE}: id: must be lower-case words or numbers joined by hyphens"]),
    (
        RULE,
        "{evidence}",
        "{name}",
        [f"{RULE}: message: unknown placeholder {{name}}; only {{evidence}} and {{count}} can be used"],
    ),
    # the match
    (
        RULE,
        '"phrase"',
        '"guess"',
        [f"{RULE}: match: there is no kind guess; the kinds are phrase, regex, tokens, entity, meaning"],
    ),
    (RULE, 'kind = "phrase"', "", [f"{RULE}: match: kind is missing"]),
    (RULE, "patterns", "pattern", [f"{RULE}: match, patterns: is missing", f"{RULE}: match, pattern: unknown key"]),
    (
        RULE,
        '["my {animal}"]',
        '["a", 3, ""]',
        [f"{RULE}: match, patterns 2: must be text, in quotes", f"{RULE}: match, patterns 3: must not be empty"],
    ),
    (RULE, '["my {animal}"]', "[7]", [f"{RULE}: match, patterns 1: must be text, in quotes"]),
    (
        RULE,
        'kind = "phrase"\npatterns = ["my {animal}"]',
        'kind = "tokens"\npatterns = [["dog"]]\nunless = [3]',
        [
            f"{RULE}: match, unless 1: must be text, in quotes",
            f"{RULE}: match, patterns 1 1: must be a table, in braces",
        ],
    ),
    (
        RULE,
        'kind = "phrase"\npatterns = ["my {animal}"]',
        'kind = "entity"\nlabels = ["PERSON"]\nowner = ["dog"]',
        [
            f"{RULE}: match, owner 1: must be author, family, pupil, parent, colleague, school, public or unknown",
        ],
    ),
    # examples
    (
        RULE,
        'finds = ["my dog"]',
        'find = ["my dog"]',
        [f"{RULE}: example 1, finds: is missing", f"{RULE}: example 1, find: unknown key"],
    ),
    # other files
    ("policy.toml", '"1.2"', '"one"', ["policy.toml: clause 2, number: must be numbers joined by dots, such as 6.9"]),
    (
        "policy.toml",
        "advice",
        "advise",
        [
            f"policy.toml: clause {number}, {what}"
            for number in (1, 2, 3)
            for what in ("advice: is missing", "advise: unknown key")
        ],
    ),
    (
        "organisation.toml",
        "name",
        "title",
        ["organisation.toml: trust, name: is missing", "organisation.toml: trust, title: unknown key"],
    ),
    (
        "organisation.toml",
        "[trust]",
        '[[school]]\nname = "Oakwell Trust"\n[trust]',
        ["organisation.toml: the name “oakwell trust” is given to 2 bodies"],
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "lines"), REPLACED)
def test_wrong_keys_and_values_are_told(name: str, old: str, new: str, lines: list[str], pack_with: PackWith) -> None:
    assert mistakes(pack_with(name, old, new)) == lines


FILES: list[tuple[dict[str, str | bytes | None], list[str]]] = [
    ({"policy.toml": None}, ["policy.toml: is missing"]),
    ({RULE: None}, ["rules: holds no rule file, so that nothing would be checked"]),
    ({RULE: b"why = 'caf\xe9'"}, [f"{RULE}: is not saved as UTF-8; save it again with that encoding"]),
    ({RULE: "why = 'x'".encode("utf-16")}, [f"{RULE}: is not saved as UTF-8; save it again with that encoding"]),
    ({RULE + "/x": "", RULE: None}, [f"{RULE}: cannot be read: Is a directory"]),
    ({"organisation.toml": b"\xff"}, ["organisation.toml: is not saved as UTF-8; save it again with that encoding"]),
    (
        {"lexicons/animal.txt": b"caf\xe9"},
        ["lexicons/animal.txt: is not saved as UTF-8; save it again with that encoding"],
    ),
]


@pytest.mark.parametrize(("changes", "lines"), FILES)
def test_files_that_cannot_be_read_are_told(
    changes: dict[str, str | bytes | None], lines: list[str], pack_folder: PackFolder
) -> None:
    assert mistakes(pack_folder(changes)) == lines


@pytest.mark.parametrize("name", ["policy.toml", "organisation.toml", RULE])
def test_a_file_that_is_not_toml_names_the_line(name: str, pack_folder: PackFolder) -> None:
    (line,) = mistakes(pack_folder({name: 'id = "sample"\nlevel is breach\n'}))
    assert line.startswith(f"{name}: is not valid TOML: ")
    assert "line 2" in line


def test_every_mistake_of_a_pack_is_told_at_once(pack_folder: PackFolder) -> None:
    folder = pack_folder(
        {
            "organisation.toml": "[trust]",
            RULE: "id = 3",
            "rules/other/second.toml": "not toml",
            "lexicons/animal.txt": b"\xff",
        }
    )
    lines = mistakes(folder)
    for name in ("organisation.toml", RULE, "rules/other/second.toml", "lexicons/animal.txt"):
        assert any(line.startswith(f"{name}: ") for line in lines)


def test_an_error_tells_its_first_mistake(pack_folder: PackFolder) -> None:
    with pytest.raises(PackError, match=r"^policy\.toml: is missing$"):
        pack.load(pack_folder({"policy.toml": None}))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: no such pack folder"]


def test_nicknames_are_read_by_forename(tmp_path: Path) -> None:
    path = tmp_path / "nicknames.csv"
    path.write_text("forename,nickname\nsamuel,sam\nsamuel,sammy\n", encoding="utf-8")
    assert read_nicknames(path) == {"samuel": ("sam", "sammy")}


def test_wrong_rows_of_nicknames_are_told(tmp_path: Path) -> None:
    path = tmp_path / "nicknames.csv"
    path.write_text("forename,nickname\nsamuel\nsamuel,sam\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_nicknames(path)
    assert caught.value.mistakes == ["nicknames.csv: line 2: must be a forename and a nickname with a comma between"]
