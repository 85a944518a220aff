"""Writes exports as Meta does, and shows what was read of them."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from tasmat_check.models import Draft
from tasmat_check.readers import read_posts
from tasmat_check.readers.exports import Intake

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["uri", "name", "text", "media", "data"]), inner)
    ),
    max_leaves=6,
)
"""Values of every kind."""


def a_post(*data: dict[str, Any], seconds: int = 1_700_000_000, **more: Any) -> dict[str, Any]:
    """Give a record of Facebook."""
    return {"timestamp": seconds, "data": list(data), **more}


def a_picture(uri: str, description: str = "", **more: Any) -> dict[str, Any]:
    return {"media": {"uri": uri, "creation_timestamp": 1, "title": "", "description": description, **more}}


def a_comment(text: str, author: str = "Jo Doe", **more: Any) -> dict[str, Any]:
    comment = {"timestamp": 1_700_000_000, "comment": text, "author": author, **more}
    return {"timestamp": 1_700_000_000, "data": [{"comment": comment}], "title": f"Jo Doe replied to Sam’s {text}."}


WHEN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
STATUS = a_post(
    {"post": "Don’t tell Year 9 😊\n\n£5 — café"}, {"update_timestamp": 1}, title="Jo Doe updated her status."
)


def as_meta_writes(value: Any) -> str:
    """Give the JSON of a value as Meta writes it: pure ASCII, every byte of a letter as a letter of its own."""
    return json.dumps(_encoded(value))


def read(*paths: str) -> tuple[list[Draft], list[str]]:
    """Read exports; give the drafts, and what the intake says."""
    intake = Intake()
    drafts = list(read_posts(paths, "personal", intake))
    return drafts, list(intake.lines())


def places_in(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the keys that lead to each value within a JSON value."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    within = [place for key, child in children for place in places_in(child, (*here, key))]
    return [here, *within] if here else within


def put(whole: Any, place: tuple[Any, ...], value: Any) -> Any:
    """Put a value into a JSON value, and give this back."""
    target = whole
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return whole


def _encoded(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [_encoded(item) for item in value]
    if isinstance(value, dict):
        return {_encoded(key): _encoded(item) for key, item in value.items()}
    return value
