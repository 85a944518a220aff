"""Shows on a terminal how far a batch has come: posts, rate, time left, and what was found so far."""

from collections.abc import Iterable, Iterator, Sized

from tasmat_check.models import Summary


def shown(summaries: Iterable[Summary], total: int, done: Summary, repeats: Sized) -> Iterator[Summary]:
    """Pass summaries on, with a progress bar on standard error where that is a terminal.

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
    so_far = Summary()
    so_far.join(done)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=total, completed=done.posts, rate="", found="")
        for summary in summaries:
            so_far.join(summary)
            speed = progress.tasks[0].speed
            rate = f"{speed:.0f} posts/s" if speed else ""
            progress.update(task, total=total - len(repeats), advance=summary.posts, rate=rate, found=told(so_far))
            yield summary


def told(summary: Summary) -> str:
    """Say in a few words what was found."""
    words = [f"{summary.breach:,} breach", f"{summary.caution:,} caution"]
    return ", ".join(words + ([f"{summary.skipped:,} not checked"] if summary.skipped else []))
