"""The command line: parses, calls, picks the exit code. No logic of its own."""

import gc
import os
import shutil
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from tasmat_check.errors import Exit, PackError, TasmatError

if TYPE_CHECKING:
    from tasmat_check.pack import Pack
    from tasmat_check.reporters.lettering import Lettering

_DEFAULT = "check"

_ARITHMETIC_THREADS = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries beneath numpy read as they are loaded. Their threads wait for each other in loops: sharing out
what little there is to multiply took a tenth of the time that a picture costs."""


class _CheckByDefault(TyperGroup):
    """Takes words that are no command for drafts to check."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {"--help", "--version", "--install-completion", "--show-completion"}
        if args and args[0] not in self.commands and args[0] not in own:
            args = [_DEFAULT, *args]
        if not args and sys.stdin is not None and not sys.stdin.isatty():
            args = [_DEFAULT]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=_CheckByDefault, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
pack_app = typer.Typer(no_args_is_help=True, help="Work on a policy pack.")
app.add_typer(pack_app, name="pack")

Paths = Annotated[list[str] | None, typer.Argument(help="Files; - for piped text.", show_default=False)]
ChannelOption = Annotated[str | None, typer.Option("--channel", help="personal or official.", show_default="personal")]
RoleOption = Annotated[
    str | None, typer.Option("--role", help="staff, trustee, governor, contractor or trainee.", show_default="staff")
]
PeopleOption = Annotated[list[Path] | None, typer.Option("--people", help="A people list (CSV); may be repeated.")]
PackOption = Annotated[Path | None, typer.Option("--pack", help="Another trust's policy pack.")]
ImageOption = Annotated[list[str] | None, typer.Option("--image", "-i", help="A picture of the post.")]
ModelOption = Annotated[str | None, typer.Option("--model", help="An installed spaCy pipeline for names.")]
NoModelOption = Annotated[bool, typer.Option("--no-model", help="No language model: rules and lexicons alone.")]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        help="terminal, json, jsonl, csv, html, sarif, junit, github, xlsx or parquet.",
        show_default="terminal",
    ),
]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", help="Write the report to a file.")]
MaskOption = Annotated[bool, typer.Option("--mask", help="Keep every word of the posts out of the report.")]
FailOnOption = Annotated[str | None, typer.Option("--fail-on", help="breach, caution or never.", show_default="breach")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Show only posts with something to tell.")]
LogosOption = Annotated[Path | None, typer.Option("--logos", help="A folder with the trust's own logos.")]
MeOption = Annotated[
    str | None, typer.Option("--me", help="Your name in WhatsApp chats: only your messages are checked.")
]
NoImagesOption = Annotated[bool, typer.Option("--no-images", help="Leave the pictures out.")]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", help="Leave out what is judged in this file, which review writes.")
]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="A tasmat-check.toml to use.")]


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Check a draft post against the Social Media Policy before it goes out. Nothing leaves this computer.

    tasmat-check post.txt checks a draft; so does piped text.
    """
    if show:
        from tasmat_check import __version__

        typer.echo(__version__)
        raise typer.Exit(Exit.CLEAR)


@app.command()
def check(
    drafts: Paths = None,
    channel: ChannelOption = None,
    role: RoleOption = None,
    people: PeopleOption = None,
    pack: PackOption = None,
    image: ImageOption = None,
    model: ModelOption = None,
    no_model: NoModelOption = False,
    format: FormatOption = None,  # noqa: A002 the option's name
    output: OutputOption = None,
    mask: MaskOption = False,
    fail_on: FailOnOption = None,
    quiet: QuietOption = False,
    no_images: NoImagesOption = False,
    logos: LogosOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    clipboard: Annotated[bool, typer.Option("--clipboard", help="Check the text on the clipboard.")] = False,
) -> None:
    """Check drafts: one text (and its pictures), or several texts. This is the default command."""
    from tasmat_check import running
    from tasmat_check.options import Options

    options = Options.merged(config, locals())
    raise typer.Exit(running.check(drafts or [], image or [], options, clipboard=clipboard))


@app.command()
def batch(
    posts: Annotated[list[str], typer.Argument(help="Exports, archives, folders, files of posts, drafts.")],
    channel: ChannelOption = None,
    role: RoleOption = None,
    people: PeopleOption = None,
    pack: PackOption = None,
    model: ModelOption = None,
    no_model: NoModelOption = False,
    format: FormatOption = None,  # noqa: A002 the option's name
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="A file for the report, or a folder to work in.")
    ] = None,
    mask: MaskOption = False,
    fail_on: FailOnOption = None,
    quiet: QuietOption = False,
    no_images: NoImagesOption = False,
    me: MeOption = None,
    logos: LogosOption = None,
    config: ConfigOption = None,
    baseline: BaselineOption = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Processes (with a folder).", show_default="all")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the batch in the folder.")] = False,
    since: Annotated[str | None, typer.Option("--since", help="Posts from this day on, as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Posts up to this day.")] = None,
    sample: Annotated[int | None, typer.Option("--sample", help="So many posts, drawn by chance.")] = None,
    only: Annotated[str | None, typer.Option("--only", help="Report only breach, or caution and breach.")] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", help="local, or dask for a cluster.", show_default="local")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="The cluster's scheduler: tcp://HOST:8786 or tls://HOST:8786.")
    ] = None,
    tls_ca: Annotated[Path | None, typer.Option("--tls-ca", help="The cluster's authority, for tls://.")] = None,
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", help="Your certificate, for tls://.")] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="Your private key, for tls://.")] = None,
) -> None:
    """Check many posts: exports of platforms, archives, folders, files of posts.

    With -o FOLDER several processes work, and a batch that was broken off goes on with --resume.
    """
    from tasmat_check import running
    from tasmat_check.options import Options

    options = Options.merged(config, locals())
    raise typer.Exit(running.batch(posts, options))


@app.command()
def summary(
    folder: Annotated[str, typer.Argument(help="The folder of a batch, finished or not.")],
    most: Annotated[int, typer.Option("--most", help="So many posts to look at first.", min=0)] = 10,
    texts: Annotated[bool, typer.Option("--texts", help="Show what those posts say.")] = False,
    mask: MaskOption = False,
    output: OutputOption = None,
) -> None:
    """Show what a batch comes to: totals, months, clauses, and the posts to look at first."""
    from tasmat_check import running
    from tasmat_check.options import Options

    options = Options.merged(None, {"mask": mask, "output": output})
    raise typer.Exit(running.summarise(folder, options, most, texts=texts))


@app.command()
def review(
    folder: Annotated[str, typer.Argument(help="The folder of a finished batch.")],
    baseline: Annotated[Path, typer.Option("--baseline", help="The file that keeps what you say.")],
    pack: PackOption = None,
    config: ConfigOption = None,
) -> None:
    """Go through the findings of a batch one by one, and say which are right, wrong or accepted."""
    from tasmat_check import running
    from tasmat_check.options import Options

    raise typer.Exit(running.review(folder, Options.merged(config, locals())))


@app.command()
def clean(
    picture: Annotated[Path, typer.Argument(help="A picture.")],
    output: OutputOption = None,
    people: PeopleOption = None,
    pack: PackOption = None,
    logos: LogosOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a copy of a picture with faces, logos and telling words covered, and without hidden data."""
    from tasmat_check import running
    from tasmat_check.options import Options

    options = Options.merged(config, locals())
    raise typer.Exit(running.clean(picture, options))


@app.command()
def entities(
    paths: Annotated[list[str], typer.Argument(help="Files of posts or drafts, pictures; - for piped text.")],
    people: PeopleOption = None,
    pack: PackOption = None,
    model: ModelOption = None,
    no_model: NoModelOption = False,
    logos: LogosOption = None,
    output: OutputOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what the recognizers see, one JSON line a post, before any rule."""
    from tasmat_check import running
    from tasmat_check.options import Options

    options = Options.merged(config, locals())
    raise typer.Exit(running.entities(paths, options))


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="CLAUSE|RULE", help="A clause (6.9) or a rule's id.")],
    pack: PackOption = None,
) -> None:
    """Explain a clause or a rule: what, why, what to do, its examples."""
    from tasmat_check import explaining

    _tell(explaining.explain(_usual(pack), name))


@app.command()
def clauses(pack: PackOption = None) -> None:
    """List every clause and how it is checked."""
    from tasmat_check import explaining

    _tell(explaining.clauses(_usual(pack)))


@app.command()
def people(
    file: Annotated[Path, typer.Argument(help="A people list as your MIS exports it (CSV).")], pack: PackOption = None
) -> None:
    """Show how a people list was understood."""
    from tasmat_check import running

    _tell(running.describe_people(file, _usual(pack)))


@pack_app.command(name="check")
def pack_check(
    folder: Annotated[Path, typer.Argument(help="The pack's folder.")],
    model: ModelOption = None,
    no_model: NoModelOption = False,
) -> None:
    """Validate a policy pack and run the examples of its rules."""
    from tasmat_check import running
    from tasmat_check.options import Options

    raise typer.Exit(running.check_pack(folder, Options.merged(None, locals())))


def _usual(folder: Path | None) -> "Pack":
    """Load the pack that was given, else the one that check would use."""
    from tasmat_check import config
    from tasmat_check import pack as packs

    return packs.load(folder or config.load(None).pack)


def _lettering(stream: TextIO | None) -> "Lettering":
    """Give the letters that a stream can write."""
    from tasmat_check.reporters.lettering import Lettering

    return Lettering.of(stream)


def _tell(lines: Iterable[str]) -> None:
    """Print lines, broken to the width of the terminal and in the letters that it can write."""
    from tasmat_check.explaining import wrapped

    lettering = _lettering(sys.stdout)
    for line in wrapped(lines, max(20, min(shutil.get_terminal_size().columns, 100))):
        typer.echo(lettering.shown(line))


def _complain(mistakes: Iterable[str]) -> None:
    """Tell mistakes on standard error, each on one line whatever the names of files in it hold."""
    lettering = _lettering(sys.stderr)
    for mistake in mistakes:
        typer.echo(lettering.shown(f"tasmat-check: {' '.join(mistake.split())}"), err=True)


def main() -> None:
    """Run the command; mistakes end in one line each on standard error, faults in a traceback; exit code 2 for both."""
    for threads in _ARITHMETIC_THREADS:
        os.environ.setdefault(threads, "1")
    gc.disable()  # loading makes many objects and no garbage: a fifth of a short check would go into looking for it
    try:
        app()
    except TasmatError as error:
        _complain(error.mistakes if isinstance(error, PackError) else [str(error)])
    except OSError as error:
        _complain([f"{error.filename or 'the output'}: {error.strerror or 'cannot be written'}"])
    except Exception as error:  # exit code 1 would say that the check had run
        # Neither its message nor any local value is shown: both may quote the post.
        typer.echo("".join(traceback.format_tb(error.__traceback__)).rstrip(), err=True)
        _complain([f"{type(error).__name__}: this is a fault of the program and nothing you did; please report it"])
    sys.exit(Exit.ERROR)
