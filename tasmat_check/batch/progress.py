"""Shows on a terminal how far a batch has come: posts, rate, time left, and what was found so far."""

from collections.abc import Iterable, Iterator, Sized

from tasmat_check.batch.shards import Tally


def shown(tallies: Iterable[Tally], total: int, done: Tally, repeats: Sized) -> Iterator[Tally]:
    """Pass tallies on, with a progress bar on standard error where that is a terminal.

    `done` is what was done before; of `total` posts those in `repeats` need no check.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("Checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}"),
    )
    so_far = Tally()
    so_far.join(done)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=total, completed=done.posts, rate="", found="")
        for tally in tallies:
            so_far.join(tally)
            speed = progress.tasks[0].speed
            rate = f"{speed:.0f} posts/s" if speed else ""
            progress.update(task, total=total - len(repeats), advance=tally.posts, rate=rate, found=told(so_far))
            yield tally


def told(tally: Tally) -> str:
    """Say in a few words what was found."""
    words = [f"{tally.verdicts['breach']:,} breach", f"{tally.verdicts['caution']:,} caution"]
    return ", ".join(words + ([f"{tally.skipped:,} not checked"] if tally.skipped else []))
