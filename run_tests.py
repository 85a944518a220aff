"""Sets up `.venv` beside this file and runs every check of the project: `python3 run_tests.py`.

Needs nothing but Python 3.11 or newer. Words after the command go to pytest (`python3 run_tests.py -k phones`).
"""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
BIN = HERE / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")


def run(tool: str, *arguments: str) -> None:
    """Run an installed tool and end with its exit code when it fails."""
    print("$", tool, *arguments, flush=True)
    done = subprocess.run([BIN / tool, *arguments], cwd=HERE, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """Install the exact tested versions, then lint, check types and imports, and test."""
    if not BIN.exists():
        venv.create(HERE / ".venv", with_pip=True)
    run("python", "-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", "--editable", ".[test]")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    run("mypy")
    run("lint-imports")
    run("pytest", *sys.argv[1:])


if __name__ == "__main__":
    main()
