"""The configuration file: where it is found, and what it says wrong."""

import sys
from pathlib import Path

import pytest

from tasmat_check import config
from tasmat_check.config import FILE_NAME, Config
from tasmat_check.errors import ConfigError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder three deep, with a user's config folder beside it; gives their common parent."""
    monkeypatch.setenv("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", str(tmp_path / "settings"))
    here = tmp_path / "work" / "posts" / "week"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return tmp_path


def write(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_without_a_file_the_defaults_hold() -> None:
    loaded = config.load(None)
    assert loaded == Config.model_validate({})
    assert (loaded.channel, loaded.role, loaded.format, loaded.fail_on) == ("personal", "staff", "terminal", "breach")


@pytest.mark.parametrize("folder", ["work/posts/week", "work/posts", "work", "settings/tasmat-check"])
def test_a_file_is_found(folder: str, home: Path) -> None:
    write(home / folder, 'role = "governor"')
    assert config.load(None).role == "governor"


@pytest.mark.parametrize(
    ("near", "far"),
    [("work/posts/week", "work/posts"), ("work/posts", "work"), ("work", "settings/tasmat-check")],
)
def test_the_nearest_file_counts(near: str, far: str, home: Path) -> None:
    write(home / far, 'role = "trustee"\nmask = true')
    write(home / near, 'role = "governor"')
    loaded = config.load(None)
    assert loaded.role == "governor"
    assert loaded.mask is False


def test_a_named_file_goes_before_all_others(home: Path) -> None:
    write(home / "work" / "posts" / "week", 'role = "trustee"')
    assert config.load(write(home / "elsewhere", 'role = "governor"')).role == "governor"


def test_every_option_can_be_set(home: Path) -> None:
    text = """
channel = "official"
role = "trainee"
people = ["pupils.csv", "../staff.csv"]
pack = "ours"
model = "a_model"
no-model = true
format = "json"
mask = true
fail-on = "never"
quiet = true
no-images = true
logos = "crests"
baseline = "judged.json"
me = "Alex Moss"
"""
    loaded = config.load(write(home / "work", text))
    assert loaded.channel == "official"
    assert loaded.role == "trainee"
    assert loaded.people == (home / "work" / "pupils.csv", home / "work" / ".." / "staff.csv")
    assert loaded.pack == home / "work" / "ours"
    assert (loaded.logos, loaded.baseline) == (home / "work" / "crests", home / "work" / "judged.json")
    assert loaded.model == "a_model"
    assert loaded.format == "json"
    assert loaded.fail_on == "never"
    assert loaded.me == "Alex Moss"
    assert all((loaded.no_model, loaded.mask, loaded.quiet, loaded.no_images))


def test_paths_are_taken_from_the_files_own_folder_unless_absolute(home: Path) -> None:
    absolute = (home / "people.csv").as_posix()
    write(home / "work", f'people = ["pupils.csv", "{absolute}"]')
    assert config.load(None).people == (home / "work" / "pupils.csv", home / "people.csv")


def test_a_byte_order_mark_does_no_harm(home: Path) -> None:
    assert config.load(write(home, b'\xef\xbb\xbfrole = "governor"\r\n')).role == "governor"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('rule = "governor"', "rule: unknown key"),
        ("no_model = true", "no_model: unknown key"),
        ('role = "pupil"', "role: must be 'staff', 'trustee', 'governor', 'contractor' or 'trainee'"),
        ('people = "pupils.csv"', "people: must be a list, in square brackets"),
        ("role = governor", "is not valid TOML: "),
        (b"role = '\xe9'", "is not saved as UTF-8"),
    ],
)
def test_mistakes_name_the_file_and_the_key(text: str | bytes, what: str, home: Path) -> None:
    path = write(home / "work", text)
    with pytest.raises(ConfigError) as caught:
        config.load(None)
    assert str(caught.value).startswith(f"{path}: {what}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.toml", "work"])
def test_a_named_file_that_cannot_be_read_is_told(name: str, home: Path) -> None:
    with pytest.raises(ConfigError, match=r"No such file|Is a directory|Permission denied"):
        config.load(home / name)
