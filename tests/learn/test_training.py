"""Fitting a small network: what it learns from, and that a broken-off run goes on as it would have."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="only who trains has torch: pip install tasmat-check[train]")
transformers = pytest.importorskip("transformers", reason="only who trains has transformers")

from rich.progress import Progress  # noqa: E402

from tasmat_check import pack  # noqa: E402
from tasmat_check.learn import prediction, samples, training  # noqa: E402
from tasmat_check.learn.corpus import CLAUSES, LABELS, NameRow  # noqa: E402
from tasmat_check.learn.network import Network  # noqa: E402
from tasmat_check.learn.training import Recipe  # noqa: E402
from tasmat_check.meaning.tokens import OFFICIAL, TYPES, PieceTokenizer  # noqa: E402
from tests.learn.samples_of_posts import post  # noqa: E402

TOKENIZER = PieceTokenizer(pack.builtin_folder() / "model" / "tokenizer.json")
POSTS = [
    post(1, "Kayden bit me in class", ("5.4",), names=("Kayden",), evidence=("Kayden bit",)),
    post(2, "Lovely walk with the dog"),
    post(3, "Logo on my van", ("6.12",), may=("6.1",)),
    post(4, "Chips by the sea", channel="official"),
]
SAMPLES = [sample for each in POSTS for sample in samples.of_post(each, TOKENIZER)]
RECIPE = Recipe(epochs=2, rate=1e-3, size=2)


def network() -> Network:
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, type_vocab_size=TYPES
    )
    return Network(transformers.BertModel(config, add_pooling_layer=False), len(LABELS))


def fit(saved: Path, recipe: Recipe = RECIPE) -> dict[str, Any]:
    fitted = network()
    with Progress(disable=True) as progress:
        training.fit(fitted, [SAMPLES] * recipe.epochs, [], recipe, progress, saved)
    return dict(fitted.state_dict())


def test_targets_mask_what_can_be_argued_and_mark_where() -> None:
    named, _, arguable, _ = SAMPLES
    assert named.clauses[CLAUSES.index("5.4")] == named.clauses[-1] == 1
    assert sum(named.clauses) == 2
    assert arguable.weights[CLAUSES.index("6.1")] == 0
    pieces = [POSTS[0].text[span.start : span.end] for span in named.window.spans]
    assert [piece for piece, inside in zip(pieces, named.evidence, strict=True) if inside][-1] == "bit"
    assert "bit" not in [piece for piece, inside in zip(pieces, named.names, strict=True) if inside == 1]


def test_a_breach_counts_only_in_the_windows_of_a_long_post_that_hold_it() -> None:
    long = post(5, "word " * 400 + "Kayden bit me", ("5.4",), evidence=("Kayden bit me",))
    first, *_, last = samples.of_post(long, TOKENIZER)
    assert (sum(first.clauses), sum(last.clauses)) == (0, 2)


def test_a_misspelt_post_keeps_its_targets_where_they_now_stand() -> None:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    (spelt,) = samples.of_post(POSTS[0], TOKENIZER)
    for _ in range(20):
        (misspelt,) = samples.of_post(POSTS[0], TOKENIZER, chance)
        marked = [number for number, inside in enumerate(misspelt.evidence) if inside]
        assert marked == list(range(1, len(marked) + 1))
        assert misspelt.clauses == spelt.clauses
        assert misspelt.names[1] == 1


def test_a_row_of_names_counts_a_little_as_innocent() -> None:
    mark = {"start": 4, "end": 7, "label": "PER", "text": "Sam"}
    (sample,) = samples.of_row(NameRow.model_validate({"id": "1", "text": "met Sam", "entities": [mark]}), TOKENIZER)
    assert (sum(sample.clauses), set(sample.weights)) == (0, {0.3})
    assert sample.names == (0, 0, 1, 0)


def test_recasing_changes_types_and_keeps_the_channel() -> None:
    class Always:
        def random(self) -> float:
            return 0.15

    batch = samples.collate([SAMPLES[3]], Always())  # type: ignore[arg-type]
    assert set(batch.types[0].tolist()) == {OFFICIAL + 2}


def test_every_sample_is_in_one_batch() -> None:
    parts = samples.batches(SAMPLES, 3, random.Random(1))  # noqa: S311 - not for secrets
    assert sorted(len(part) for part in parts) == [1, 3]
    assert {id(sample) for part in parts for sample in part} == {id(sample) for sample in SAMPLES}


def test_the_same_seed_learns_the_same(tmp_path: Path) -> None:
    one, other = fit(tmp_path / "one.pt"), fit(tmp_path / "other.pt")
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_that_was_broken_off_ends_as_it_would_have(tmp_path: Path) -> None:
    whole = fit(tmp_path / "whole.pt")
    state = torch.load(tmp_path / "whole.pt", weights_only=True)
    assert state["epochs"] == 2
    broken = tmp_path / "broken.pt"
    fitted = network()
    with Progress(disable=True) as progress, pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "_save", _saving_once(training._save))
        with pytest.raises(KeyboardInterrupt):
            training.fit(fitted, [SAMPLES] * RECIPE.epochs, [], RECIPE, progress, broken)
    resumed = fit(broken)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def _saving_once(save: Any) -> Any:
    def saved(*arguments: Any) -> None:
        save(*arguments)
        raise KeyboardInterrupt

    return saved


def test_learning_lowers_the_loss(tmp_path: Path) -> None:
    batch = samples.collate(SAMPLES)
    before = training.loss(training.read(network().eval(), batch), batch)
    learnt = network()
    learnt.load_state_dict(fit(tmp_path / "n.pt", replace(RECIPE, epochs=8)))
    assert training.loss(training.read(learnt.eval(), batch), batch) < before / 2


def test_prediction_gives_a_row_a_post_in_order() -> None:
    long = post(6, "word " * 400)
    logits = prediction.predict(network(), [long, *POSTS], TOKENIZER)
    alone = prediction.predict(network(), [POSTS[2]], TOKENIZER)
    assert logits.shape == (5, len(LABELS))
    assert logits[3] == pytest.approx(alone[0], abs=0.05)
