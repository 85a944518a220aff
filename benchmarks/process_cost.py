"""Reads what a process took: user and system CPU time, and peak memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import commands


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: CPU seconds and peak MB in all, CPU seconds of the work alone where it tells them."""

    cpu: float
    peak: float
    work: float = 0.0


def measured(command: Sequence[str]) -> Cost:
    """Run a command in a fresh process and take its own resource usage; raises CommandFailedError."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        complaint = errors.read().decode("utf-8", "replace").strip()
        if process.returncode not in (0, 1) or "Traceback" in complaint:
            raise commands.CommandFailedError(f"{command[:2]} ended with {process.returncode}: {complaint[-500:]}")
        work = _told_work(output.read())
    # Linux counts the peak in KiB, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return Cost(usage.ru_utime + usage.ru_stime, peak, work)


def _told_work(output: bytes) -> float:
    """Read the CPU seconds of the work alone from the output of a side's script; 0 where it tells none."""
    if not output.startswith(b'{"work"'):
        return 0.0
    return float(json.loads(output)["work"])


def spread(values: Sequence[float], unit: str) -> str:
    """Lay out the median of some figures with their range."""
    digits = 2 if unit == "s" else 0
    least, most = min(values), max(values)
    return f"{median(values):.{digits}f} {unit} ({least:.{digits}f}–{most:.{digits}f})"
