"""Reading texts with the model that ships."""

import shutil
from pathlib import Path

import pytest

from tasmat_check import pack
from tasmat_check.errors import ModelError
from tasmat_check.meaning import Meaning
from tasmat_check.meaning.model import MeaningModel
from tasmat_check.models import Channel

FOLDER = pack.builtin_folder() / "model"
BREACH = "So Kayden Marsh in my class had another seizure at lunch and his mum did not even pick up the phone."
CLEAR = "Lovely walk along the seafront with the dog this morning, then chips."


@pytest.fixture(scope="module")
def model() -> MeaningModel:
    return MeaningModel(FOLDER)


def read(model: MeaningModel, text: str, channel: Channel = "personal") -> Meaning:
    return model.read([(text, channel)])[0]


def test_a_breach_is_told_from_a_clear_post(model: MeaningModel) -> None:
    breach, clear = read(model, BREACH), read(model, CLEAR)
    assert "5.4" in breach.senses
    assert clear.senses == {}
    assert breach.innocent < 0.5 < clear.innocent


def test_attention_sums_to_one_and_lies_inside_the_text(model: MeaningModel) -> None:
    for sense in read(model, BREACH).senses.values():
        assert sum(share for _, share in sense.weights) == pytest.approx(1, abs=0.1)
        assert all(0 <= span.start < span.end <= len(BREACH) for span, _ in sense.weights)


def test_no_sense_is_surer_than_that_anything_is_wrong(model: MeaningModel) -> None:
    meaning = read(model, BREACH)
    assert max(sense.probability for sense in meaning.senses.values()) <= 1 - meaning.innocent


def test_names_are_seen_in_any_case(model: MeaningModel) -> None:
    for text in ("met Kayden Marsh today", "met kayden marsh today", "MET KAYDEN MARSH TODAY"):
        seen = {text[span.start : span.end].lower() for span, chance in read(model, text).names if chance > 0.5}
        assert any(piece.startswith("kay") for piece in seen), text


def test_a_batch_says_what_each_text_alone_says(model: MeaningModel) -> None:
    texts: list[tuple[str, Channel]] = [
        (BREACH, "personal"),
        (CLEAR, "official"),
        ("", "personal"),
        (BREACH * 9, "personal"),
    ]
    together = model.read(texts)
    for text, meaning in zip(texts, together, strict=True):
        alone = model.read([text])[0]
        # Eight-bit weights meet inputs that are scaled batch by batch, so figures move a little.
        assert meaning.innocent == pytest.approx(alone.innocent, abs=0.05)


def test_a_breach_deep_in_a_long_post_is_found(model: MeaningModel) -> None:
    long = f"{CLEAR} " * 25 + BREACH + f" {CLEAR}" * 25
    sense = read(model, long).senses["5.4"]
    best, _ = max(sense.weights, key=lambda pair: pair[1])
    assert long.index(BREACH) <= best.start < long.index(BREACH) + len(BREACH)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "settings.json"])
@pytest.mark.parametrize("content", [None, b"{}", b"\x00\x01"])
def test_a_broken_model_is_one_line(tmp_path: Path, name: str, content: bytes | None) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        MeaningModel(folder)
    assert "\n" not in str(caught.value)


def test_an_endless_text_is_read_from_its_beginning_and_says_so(model: MeaningModel) -> None:
    meaning = read(model, f"{BREACH} " * 2_000)
    assert not meaning.whole
    assert "5.4" in meaning.senses
    assert read(model, BREACH).whole


def test_one_telling_sentence_does_not_drown_among_many_others(model: MeaningModel) -> None:
    around = [
        CLEAR,
        "The ferry was late again.",
        "We had soup at the harbour and watched the gulls.",
        "Bed early tonight.",
    ] * 4
    long = " ".join([*around, BREACH, *around])
    assert read(model, long).senses["5.4"].probability >= 0.85
