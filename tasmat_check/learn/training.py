"""Fits a network to samples: seeded, with a progress bar, and from where it stopped when it is started again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.progress import Progress
from torch import Tensor, nn

from tasmat_check.learn.network import Network, Output
from tasmat_check.learn.samples import Batch, Sample, batches, collate

_EVIDENCE_COUNTS = 0.3
_NAMES_COUNT = 8.0
_WARM_UP = 0.06
_STEEPEST = 1.0
_LEAST_MASS = 1e-4


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit: passes over the samples, the encoder's greatest learning rate (the heads' is ten times that)."""

    epochs: int = 9
    rate: float = 2e-4
    size: int = 32
    seed: int = 1


def fit(
    network: Network,
    posts: Sequence[Sequence[Sample]],
    rows: Sequence[Sample],
    recipe: Recipe,
    progress: Progress,
    saved: Path,
) -> None:
    """Fit a network to samples of posts, those of each epoch, and of rows of names.

    Every second row is read in one epoch, the others in the next: names are learnt sooner than clauses. `saved` keeps
    the state after each epoch. A graphics card is used where torch finds one.
    """
    works = [_work(posts[epoch], rows, recipe, epoch) for epoch in range(recipe.epochs)]
    steps = sum(map(len, works))
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    optimizer = _optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, steps))
    first = _resume(saved, network, optimizer, schedule)
    task = progress.add_task(saved.stem, total=steps, completed=sum(map(len, works[:first])))
    network.train()
    for epoch in range(first, recipe.epochs):
        # A seed of each epoch's own, so that a run that was broken off goes on as it would have.
        torch.manual_seed(recipe.seed * 1000 + epoch)
        chance = _randomness(recipe, epoch, "case")
        for part in works[epoch]:
            batch = collate(part, chance).to(network.place)
            loss(read(network, batch), batch).backward()
            nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            progress.advance(task)
        _save(saved, network, optimizer, schedule, epoch + 1)
    network.eval()


def _work(posts: Sequence[Sample], rows: Sequence[Sample], recipe: Recipe, epoch: int) -> list[list[Sample]]:
    """Give the batches of an epoch, each of one kind of sample."""
    chance = _randomness(recipe, epoch, "order")
    work = [*batches(posts, recipe.size, chance), *batches(rows[epoch % 2 :: 2], recipe.size, chance)]
    chance.shuffle(work)
    return work


def _randomness(recipe: Recipe, epoch: int, purpose: str) -> random.Random:
    return random.Random(f"{recipe.seed}/{epoch}/{purpose}")  # noqa: S311 - not for secrets


def read(network: Network, batch: Batch) -> Output:
    """Run a batch, in half precision where the processor has it: about twice as fast, and as good."""
    fast = network.place.type == "cuda" or bool(torch.cpu._is_avx512_bf16_supported())
    with torch.autocast(network.place.type, dtype=torch.bfloat16, enabled=fast):
        output: Output = network(batch.ids, batch.types, batch.present)
    return output


def loss(output: Output, batch: Batch) -> Tensor:
    """Weigh what was said of a batch against its targets, per sample: clauses, where they stand, and names."""
    wrong = nn.functional.binary_cross_entropy_with_logits(output.clauses, batch.clauses, reduction="none")
    total = (wrong * batch.weights).sum()
    mass = (output.where * batch.evidence.unsqueeze(-1)).sum(dim=1)
    marked = batch.evidence.any(dim=1, keepdim=True)
    total = total - _EVIDENCE_COUNTS * (torch.log(mass + _LEAST_MASS) * batch.clauses * marked).sum()
    total = total / len(batch.ids)
    known = batch.names >= 0
    if known.any():
        found = nn.functional.binary_cross_entropy_with_logits(output.names[known], batch.names[known])
        total = total + _NAMES_COUNT * found
    return total


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    encoder = list(network.encoder.parameters())
    inside = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in inside]
    groups = [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": 10 * recipe.rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _share_of_rate(step: int, steps: int) -> float:
    rising = (step + 1) / max(1.0, _WARM_UP * steps)
    falling = max(0.0, (steps - step) / max(1.0, (1 - _WARM_UP) * steps))
    return min(rising, falling)


def _save(
    path: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epochs: int,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "epochs": epochs,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resume(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> int:
    """Load what was saved, and give the number of epochs that are done."""
    if not path.exists():
        return 0
    state = torch.load(path, map_location=network.place, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epochs"])
