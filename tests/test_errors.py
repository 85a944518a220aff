"""Errors on their way from a worker to the command."""

import pickle

import pytest

from tasmat_check.errors import ConfigError, PackError, TasmatError, UsageError


@pytest.mark.parametrize(
    "error", [UsageError("--since", "no day"), ConfigError("a.toml", "unknown key"), PackError(["a: one", "b: two"])]
)
def test_an_error_is_the_same_after_it_was_sent(error: TasmatError) -> None:
    sent = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(sent), str(sent), sent.where) == (type(error), str(error), error.where)
    assert getattr(sent, "mistakes", None) == getattr(error, "mistakes", None)
