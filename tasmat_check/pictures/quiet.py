"""Keeps the decoders of pictures from writing to the terminal."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_one_at_a_time = Lock()


def quiet_pillow() -> None:
    """Silence Pillow's warnings and log: what they tell of is refused elsewhere or does not matter.

    The filter stays, since Python cannot set one for a single thread before 3.14.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.|pi_heif\.")
    decoders = logging.getLogger("PIL")
    if not decoders.handlers:
        decoders.addHandler(logging.NullHandler())


@contextmanager
def quiet_libtiff() -> Iterator[None]:
    """Send the process's standard error nowhere for a moment: libtiff writes there itself, past Python.

    One thread at a time gets in. What another writes to standard error meanwhile is lost.
    """
    with _one_at_a_time:
        try:
            standard_error = os.dup(2)
        except OSError:  # closed, as in a program without a terminal
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        try:
            yield
        finally:
            os.dup2(standard_error, 2)
            os.close(standard_error)
            os.close(nowhere)
