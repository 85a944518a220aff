"""The network that learns: one encoder with two heads, one for the clauses and one for names of people."""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel

from tasmat_check.meaning.tokens import TYPES

_HIDDEN_PIECE = -1e4


class Output(NamedTuple):
    """What the network says of a batch of windows.

    `clauses` (windows × labels) are logits; `where` (windows × pieces × labels) tells how much of a label's
    attention each piece has, and sums to 1 over the pieces; `names` (windows × pieces) are logits.
    """

    clauses: Tensor
    where: Tensor
    names: Tensor


class Network(nn.Module):
    """Reads windows of pieces.

    Each label has an attention of its own over the pieces: what it attends to is what it answers for, so that the
    evidence is not an explanation made afterwards (Mullenbach and others, 2018, per-label attention).
    """

    def __init__(self, encoder: PreTrainedModel, labels: int) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.where = nn.Linear(size, labels)
        self.what = nn.Linear(size, labels)
        self.whole = nn.Linear(size, labels)
        self.name = nn.Linear(size, 1)
        self.dropout = nn.Dropout(0.1)

    @property
    def place(self) -> torch.device:
        """The processor in whose memory the network is."""
        return self.name.weight.device

    def forward(self, ids: Tensor, types: Tensor, present: Tensor) -> Output:
        """Read a batch; all three are windows × pieces, `present` is 0 where a window is filled up."""
        state = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=present).last_hidden_state
        state = self.dropout(state.float())
        shown = present.unsqueeze(-1).to(state.dtype)
        where = torch.softmax(self.where(state) + (1 - shown) * _HIDDEN_PIECE, dim=1)
        mean = (state * shown).sum(dim=1) / shown.sum(dim=1)
        clauses = (where * self.what(state)).sum(dim=1) + self.whole(mean)
        return Output(clauses, where, self.name(state).squeeze(-1))


def fresh(base: Path, labels: int, layers: int) -> Network:
    """Build a network on a base encoder's folder, keeping its first `layers` layers."""
    encoder = AutoModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
    encoder.encoder.layer = encoder.encoder.layer[:layers]
    encoder.config.num_hidden_layers = layers
    _widen_types(encoder)
    return Network(encoder, labels)


def _widen_types(encoder: PreTrainedModel) -> None:
    """Give every type of piece a vector of its own, beginning from the one that the base was trained with."""
    old = encoder.embeddings.token_type_embeddings.weight.data
    wide = nn.Embedding(TYPES, old.shape[1])
    wide.weight.data.copy_(old[0].expand(TYPES, -1))
    encoder.embeddings.token_type_embeddings = wide
    encoder.config.type_vocab_size = TYPES
