"""What every test shares: no network, and one checker with the pack that ships."""

import gc
import socket
from typing import Any, NoReturn

import pytest

from tasmat_check import pack
from tasmat_check.engine import Checker


def pytest_sessionfinish() -> None:
    gc.unfreeze()  # a checker freezes what is loaded, and DuckDB complains of what is then left at the end


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def shipped_pack() -> pack.Pack:
    return pack.load()


@pytest.fixture(scope="session")
def checker(shipped_pack: pack.Pack) -> Checker:
    return Checker(shipped_pack)
