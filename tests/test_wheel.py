"""The wheel: what is written is what is shipped, and it runs where there is no checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the tools that are installed, so that no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_wheel_ships_every_pattern_and_module_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    tracked = listing.stdout.splitlines()
    patterns = {f"tasmat_check/{name}" for name in tracked if name.startswith("patterns/")}
    modules = {name for name in tracked if name.startswith("tasmat_check/")}
    assert shipped == patterns | modules


@pytest.mark.slow
def test_installed_wheel_checks_a_post_with_its_own_patterns(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import tasmat_check; from tasmat_check import cli, pack\n"
        f"assert tasmat_check.__file__.startswith({str(target)!r})\n"
        f"assert str(pack.builtin_folder()).startswith({str(target)!r})\n"
        "sys.argv = ['tasmat-check', '-']; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"I work at Torfield School", cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
