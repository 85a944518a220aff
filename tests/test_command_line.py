"""The command as a person meets it: what it reads, what it prints, how it ends."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tasmat_check import cli

EXAMPLES = Path(__file__).parents[1] / "examples"
BREACH = "So proud that I work at Torfield School!"
CLEAR = "Chips on the beach, gulls like pterodactyls."


def run(*arguments: str, given: bytes | None = None, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command as its own process."""
    return subprocess.run(
        [sys.executable, "-m", "tasmat_check", *arguments],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        cwd=folder,
        check=False,
    )


def outcome(done: subprocess.CompletedProcess[bytes]) -> tuple[int, list[str]]:
    """Give the exit code, and the verdicts of a JSON report."""
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, [post["verdict"] for post in json.loads(done.stdout)["posts"]]


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text(BREACH, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", [["check", "post.txt"], ["post.txt"], ["-f", "json", "post.txt"]])
def test_check_is_the_default_command(words: list[str], post: Path) -> None:
    assert run(*words, folder=post.parent).returncode == 1


@pytest.mark.parametrize("words", [[], ["-"], ["check"], ["check", "-"]], ids=" ".join)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_piped_text_is_read_in_any_encoding(words: list[str], encoding: str) -> None:
    given = f"{BREACH} £5 – “bargain”".encode(encoding)
    assert outcome(run(*words, "-f", "json", given=given)) == (1, ["breach"])


def test_nothing_given_shows_help() -> None:
    done = run()
    assert b"Usage" in done.stdout + done.stderr or done.returncode == 2


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("empty.txt", b"", 2, b"empty"),
        ("binary.txt", bytes(range(256)) * 20, 2, b"not text"),
        ("nul.txt", b"I work \0 at Torfield", 2, b"not text"),
        ("big.txt", b"hello world. " * 800_000, 2, b"larger than"),
        ("long.txt", b"I work at Torfield and " * 4_400, 1, b"Torfield"),
        ("lonely.jsonl", b'{"text": "hi \\ud83d ' + BREACH.encode() + b'"}\n', 2, b"tasmat-check batch"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, name: str, content: bytes, code: int, told: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(name, folder=tmp_path)
    assert done.returncode == code
    assert told in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.txt"], b"no such file"),
        (["."], b"is a folder"),
        (["explain", "99.9"], b"there is no such clause or rule"),
        (["--channel", "office", "post.txt"], b"office"),
        (["--fail-on", "always", "post.txt"], b"always"),
        (["--pack", "nowhere", "post.txt"], b"no such pack folder"),
        (["--people", "nowhere.csv", "post.txt"], b"nowhere.csv"),
        (["--config", "nowhere.toml", "post.txt"], b"nowhere.toml"),
        (["--model", "no_such_pipeline", "name.txt"], b"no spaCy pipeline of this name"),
        (["--output", "nowhere/report.txt", "post.txt"], b"nowhere"),
        (["--model", "no_such_pipeline", "post.txt"], b"no spaCy pipeline of this name"),
        (["--clipboard", "post.txt"], b"takes no file beside it"),
        (["post.txt", "post.txt", "photo.jpg"], b"own pictures"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_ends_in_one_line_and_exit_2(post: Path, words: list[str], told: bytes) -> None:
    (post.parent / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (post.parent / "name.txt").write_text("Saw Zbigniewa Okorokova at the market today.", encoding="utf-8")
    done = run(*words, folder=post.parent)
    assert done.returncode == 2
    assert told in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def test_pictures_are_said_aloud_not_to_be_checked(post: Path) -> None:
    (post.parent / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 100)
    done = run("post.txt", "photo.jpg", folder=post.parent)
    assert done.returncode == 2
    assert b"NOT CHECKED" in done.stdout
    assert run("post.txt", "photo.jpg", "--no-images", folder=post.parent).returncode == 1


def test_batch_keeps_going_and_says_what_it_left_out(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "one", "text": BREACH}),
        "{broken",
        json.dumps({"id": 2, "text": CLEAR, "channel": "official"}),
    ]
    (tmp_path / "posts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    done = run("batch", "posts.jsonl", "--format", "json", folder=tmp_path)
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert [post["id"] for post in report["posts"]] == ["one", "posts.jsonl#2", "2"]
    assert report["summary"] == {"posts": 3, "breach": 1, "caution": 0, "clear": 1, "skipped": 1}
    finding = report["posts"][0]["findings"][0]
    assert BREACH[finding["location"]["start"] : finding["location"]["end"]] == finding["evidence"]


def test_of_a_chat_only_the_messages_of_the_named_person_are_checked(tmp_path: Path) -> None:
    chat = f"1/2/24, 10:00 - Jo Example: {BREACH}\n1/2/24, 10:01 - Sam Friend: hello\n"
    (tmp_path / "WhatsApp Chat.txt").write_text(chat, encoding="utf-8")
    for name, code, verdicts in (("jo example", 1, ["breach"]), ("Sam Friend", 0, ["clear"])):
        assert outcome(run("batch", "WhatsApp Chat.txt", "-f", "json", "--me", name, folder=tmp_path)) == (
            code,
            verdicts,
        )
    unnamed = run("batch", "WhatsApp Chat.txt", "--mask", folder=tmp_path)
    assert unnamed.returncode == 2
    assert b"give --me NAME" in unnamed.stdout
    assert b"Jo Example" not in unnamed.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("breach", 1), ("caution", 1), ("never", 0)])
def test_fail_on_decides_the_exit_code(post: Path, fail_on: str, code: int) -> None:
    assert run("post.txt", "--fail-on", fail_on, folder=post.parent).returncode == code


def test_mask_keeps_the_words_of_the_post_out(post: Path) -> None:
    for output in ("terminal", "json", "jsonl"):
        done = run("post.txt", "--mask", "-f", output, folder=post.parent)
        assert done.returncode == 1
        assert b"work at Torfield" not in done.stdout


def test_config_file_gives_defaults_and_the_command_line_wins(post: Path) -> None:
    (post.parent / "tasmat-check.toml").write_text('format = "jsonl"\nfail-on = "never"\n', encoding="utf-8")
    done = run("post.txt", folder=post.parent)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "breach")
    assert run("post.txt", "--fail-on", "breach", folder=post.parent).returncode == 1
    (post.parent / "tasmat-check.toml").write_text("colour = true\n", encoding="utf-8")
    wrong = run("post.txt", folder=post.parent)
    assert (wrong.returncode, b"colour: unknown key" in wrong.stderr) == (2, True)


def test_people_list_makes_a_name_known(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Forename,Surname,Role\nZofia,Wrzesien,pupil\n", encoding="utf-8")
    (tmp_path / "post.txt").write_text("zofia wrzesien made the best card today", encoding="utf-8")
    assert run("post.txt", folder=tmp_path).returncode == 0
    done = run("post.txt", "--people", "people.csv", "-f", "json", folder=tmp_path)
    assert outcome(done) == (1, ["breach"])
    assert b"2 people" not in (told := run("people", "people.csv", folder=tmp_path).stdout)
    assert b"1 pupil" in told


def test_entities_lists_what_is_seen_with_offsets(tmp_path: Path) -> None:
    text = "Ring 07700 900123 🎉 about #saxonmount"
    (tmp_path / "posts.jsonl").write_text(json.dumps({"id": 7, "text": text}), encoding="utf-8")
    row = json.loads(run("entities", "posts.jsonl", folder=tmp_path).stdout)
    seen = {e["label"]: text[e["location"]["start"] : e["location"]["end"]] for e in row["entities"]}
    assert row["id"] == "7"
    assert seen == {"PHONE_NUMBER": "07700 900123", "SCHOOL": "#saxonmount"}


@pytest.mark.parametrize(("example", "code"), [("first-day.txt", 1), ("rant.txt", 1), ("weekend.txt", 0)])
def test_shipped_examples_end_as_the_readme_says(example: str, code: int) -> None:
    assert run(str(EXAMPLES / example)).returncode == code


def test_every_clause_and_rule_can_be_explained() -> None:
    listing = run("clauses").stdout.decode()
    assert "6.10" in listing
    for name in ("6.10", "1.1", "9.4.1"):
        assert run("explain", name).returncode == 0


def test_readme_shows_what_the_first_example_really_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PYTHONUTF8", "1")
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("<!-- first-day -->\n")[2].partition("<!-- end -->")[0]
    printed = run("examples/first-day.txt", folder=EXAMPLES.parent).stdout.decode()
    assert [line.strip() for line in shown.splitlines()] == [line.strip() for line in printed.rstrip().splitlines()]


@pytest.mark.parametrize("words", [["explain", "\x1b[31mred\nrule"], ["--pack", "\x1b[31m\nnowhere", "post.txt"]])
def test_a_mistake_is_one_line_that_no_terminal_obeys(words: list[str], post: Path) -> None:
    done = run(*words, folder=post.parent)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii:strict", "cp437:strict", "cp1252:strict"])
@pytest.mark.parametrize("words", [["clauses"], ["explain", "6.9"], ["explain", "pupil-faces-hidden"]], ids=" ".join)
def test_an_old_console_shows_every_explanation(
    words: list[str], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setenv("PYTHONUTF8", "0")
    assert run(*words).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["clauses"], ["post.txt"], ["post.txt", "-f", "json"]], ids=" ".join)
def test_a_report_that_cannot_be_written_ends_in_exit_2(words: list[str], post: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tasmat_check", *words],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=post.parent,
            check=False,
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_fault_of_the_program_ends_in_exit_2_and_tells_no_word_of_the_post(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    post = "Sam bit me"

    def fail() -> None:
        raise ValueError(post)

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    gc.enable()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert "ValueError: this is a fault" in told
    assert "in fail" in told, "the traceback shows where"
    assert "Sam" not in told


def test_the_usual_pack_is_the_one_explained(tmp_path: Path) -> None:
    rules = tmp_path / "pack" / "rules"
    rules.mkdir(parents=True)
    clause = 'number = "2"\nsection = "s"\ntitle = "Ours"\nlevel = "breach"\nsummary = "s"\nadvice = "a"\n'
    policy = f'title = "Elsewhere"\nedition = "1"\n[[clause]]\n{clause}'
    (tmp_path / "pack" / "policy.toml").write_text(policy, encoding="utf-8")
    rule = 'id = "r"\nclauses = ["2"]\nlevel = "breach"\nmessage = "m"\nwhy = "w"\nfix = "f"\n'
    (rules / "r.toml").write_text(f'{rule}[match]\nkind = "regex"\npatterns = ["(x+x+)+y"]\n', encoding="utf-8")
    (tmp_path / "tasmat-check.toml").write_text('pack = "pack"\n', encoding="utf-8")
    assert b"Ours" in run("explain", "2", folder=tmp_path).stdout
    assert b"Elsewhere, 1" in run("clauses", folder=tmp_path).stdout
    hanging = run("-f", "jsonl", given=b"x" * 5_000, folder=tmp_path)
    assert (hanging.returncode, json.loads(hanging.stdout)["skipped"][0]["what"]) == (2, "rule r")


def test_a_note_for_some_authors_says_whose() -> None:
    assert b"any breach by a contractor" in run("explain", "9.4.1").stdout


SIDEWAYS = (
    "the lad with the blue helmet was sent home again after biting, his nan said she cannot cope with him any more"
)


def test_without_the_model_the_rules_speak_alone(tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_text(SIDEWAYS, encoding="utf-8")
    found, alone = (
        json.loads(run("post.txt", *options, "-f", "json", folder=tmp_path).stdout)["posts"][0]["findings"]
        for options in ([], ["--no-model"])
    )
    assert any(finding["rule"].startswith("reads-as-") for finding in found)
    assert not any(finding["rule"].startswith("reads-as-") for finding in alone)


def test_explain_tells_what_an_example_s_picture_shows() -> None:
    shown = b" ".join(run("explain", "logo-with-people-in-picture").stdout.split())
    assert b"First day (with a picture of a logo, a face)" in shown
    hidden = b" ".join(run("explain", "people-tagged").stdout.split())
    assert b"Amelia Hart (tagged in a picture's file)" in hidden


def test_explain_says_who_speaks() -> None:
    done = run("explain", "reads-as-personal-details")
    assert b"Found by: the meaning model" in done.stdout


def test_a_workbook_needs_a_file(post: Path) -> None:
    done = run(post.name, "-f", "xlsx", folder=post.parent)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "tasmat-check: --format: xlsx needs a file to go to: add -o report.xlsx"
    ]
    done = run(post.name, "-f", "xlsx", "-o", "report.xlsx", folder=post.parent)
    assert (done.returncode, done.stdout) == (1, b"")
    assert (post.parent / "report.xlsx").read_bytes().startswith(b"PK")


def test_a_file_that_cannot_be_written_is_one_line(post: Path) -> None:
    for kind in ("xlsx", "sarif"):
        done = run(post.name, "-f", kind, "-o", "nowhere/report", folder=post.parent)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


def test_what_was_reviewed_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(json.dumps({"id": "a", "text": BREACH}), encoding="utf-8")
    assert run("batch", "posts.jsonl", "-o", "out", "-f", "csv", "--no-model", folder=tmp_path).returncode == 1
    reviewed = run("review", "out", "--baseline", "judged.json", given=b"w\n" * 9, folder=tmp_path)
    assert reviewed.returncode == 0, reviewed.stderr
    assert b"kept in judged.json" in reviewed.stdout
    words = ("posts.jsonl", "--no-model", "-f", "json", "--baseline", "judged.json")
    done = run("batch", *words, folder=tmp_path)
    assert outcome(done) == (0, ["clear"])
    assert b"findings that judged.json tells as reviewed: " in done.stderr
    assert run("review", ".", "--baseline", "b.json", folder=tmp_path).stderr.startswith(
        b"tasmat-check: .: holds no batch;"
    )


def test_posts_of_a_time(tmp_path: Path) -> None:
    rows = ["id,date,ip,subreddit,permalink,gildings,link,parent,body,media"]
    rows += [f"c{day},2024-05-0{day} 08:00:00 UTC,,x,,,,,Chips {day}," for day in (1, 2, 3)]
    (tmp_path / "comments.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(
        *("batch", "comments.csv", "-f", "json", "--no-model", "--since", "2024-05-02", "--until", "2024-05-02"),
        folder=tmp_path,
    )
    assert [post["id"] for post in json.loads(done.stdout)["posts"]] == ["c2"]
    assert b"Left out: posts of another time: 2." in done.stderr
    wrong = run("batch", "comments.csv", "--since", "yesterday", folder=tmp_path)
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (2, 1)
    assert wrong.stderr.startswith(b"tasmat-check: --since: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["batch", "posts.csv", "-o", "posts.csv"], b"posts.csv: is read for this check; give the report another name"),
        (["batch", "posts.csv", "--people", "list.csv", "-o", "list.csv"], b"list.csv: is read for this check; "),
        (["check", "post.txt", "-o", "post.txt"], b"post.txt: is read for this check; "),
        (["batch", "posts.csv", "--sample", "0"], b"--sample: "),
        (["batch", "posts.csv", "--since", "2026-02-01", "--until", "2026-01-01"], b"--until: 2026-01-01 is before "),
        (["batch", "posts.csv", "--people", "gone.csv", "-o", "out"], b"gone.csv: "),
    ],
)
def test_nothing_is_lost_by_a_slip(tmp_path: Path, words: list[str], told: bytes) -> None:
    contents = {"posts.csv": f"text\n{BREACH}\n", "list.csv": "Forename,Surname\nPetra,Quill\n", "post.txt": BREACH}
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    done = run(*words, folder=tmp_path)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert done.stderr.startswith(b"tasmat-check: " + told)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == contents


def test_the_ending_of_the_report_tells_its_format(post: Path) -> None:
    run("post.txt", "-o", "report.json", folder=post.parent)
    assert json.loads((post.parent / "report.json").read_text())["summary"]["posts"] == 1
    run("post.txt", "-o", "report.json", "-f", "csv", folder=post.parent)
    assert (post.parent / "report.json").read_text().startswith("\ufeffpost,")


def test_what_a_report_leaves_out_is_remarked(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("text,channel\nChips,Facebook\nGulls,official\n")
    done = run("batch", "posts.csv", "--only", "breach", "--no-images", "--no-model", folder=tmp_path)
    shown = b" ".join(done.stdout.split())
    assert done.returncode == 0
    assert b"Only posts with at least a breach, or not checked, are shown" in shown
    assert b"Pictures were not looked at, as --no-images asks." in shown
