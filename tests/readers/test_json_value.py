import json
from typing import Any

import pytest

from tasmat_check.readers.json_items import read_value

from .conftest import Write


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('{"name": "Trip", "photos": [{"name": "inner"}]}', "Trip"),
        ('{"photos": [{"name": "inner"}], "name": "Trip"}', "Trip"),
        ('{"name": 1.5}', 1.5),
        ('{"photos": []}', None),
        ('[{"name": "inner"}]', None),
        ('{"name": "Trip", "photos": [', "Trip"),
        ('{"photos": [}, "name": "Trip"}', None),
        ("no JSON", None),
        ("", None),
    ],
)
def test_a_value_beside_a_list_is_read(write: Write, content: str, value: Any) -> None:
    assert read_value(write("album.json", content), "name") == value


def test_a_value_behind_a_long_list_is_read(write: Write) -> None:
    content = json.dumps({"photos": ["x" * 1000] * 10_000, "name": "Trip"})
    assert read_value(write("album.json", content), "name") == "Trip"
