"""The organisation file: what it takes, and how it says what is wrong."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tasmat_check.pack.organisation_file import Organisation

PACK = Path(__file__).parents[2] / "patterns" / "organisation.toml"


def test_shipped_file_is_valid_and_hashable() -> None:
    organisation = Organisation.model_validate(tomllib.loads(PACK.read_text(encoding="utf-8")))
    assert isinstance(hash(organisation), int)
    assert all(body.sources for body in organisation.bodies)


def test_only_the_trusts_name_is_needed() -> None:
    organisation = Organisation.model_validate({"trust": {"name": "Oakwell Trust"}})
    assert [body.name for body in organisation.bodies] == ["Oakwell Trust"]


def test_an_unnamed_organisation_has_no_bodies() -> None:
    assert Organisation.unnamed().bodies == ()


def test_values_never_change() -> None:
    organisation = Organisation.model_validate({"trust": {"name": "Oakwell Trust"}})
    with pytest.raises(ValidationError, match="frozen"):
        organisation.trust.name = "Ashdown Trust"


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"trust": {}}, "Field required"),
    ({"trust": {"name": " "}}, "must not be empty"),
    ({"trust": {"name": "Oakwell", "short": ["OK", ""]}}, "must not be empty"),
    ({"trust": {"name": "Oakwell", "short": ["Oak", "oak"]}}, "“oak” stands there 2 times"),
    ({"trust": {"name": "Oakwell", "short": ["OAKWELL"]}}, "“oakwell” stands there 2 times"),
    ({"trust": {"name": "Oakwell"}, "school": [{"name": "oakwell"}]}, "the name “oakwell” is given to 2 bodies"),
    ({"trust": {"name": "Oakwell", "domains": ["https://oakwell"]}}, "is not a domain"),
    ({"trust": {"name": "Oakwell", "phones": ["ring us"]}}, "is not a phone number"),
    ({"trust": {"name": "Oakwell", "postcodes": ["ZZ99"]}}, "is not a postcode"),
    ({"trust": {"name": "Oakwell", "hashtags": ["oakwell"]}}, "is not a hashtag"),
    ({"trust": {"name": "Oakwell", "handles": ["oakwell"]}}, "is not a handle"),
    ({"trust": {"name": "Oakwell", "urns": [7]}}, "greater than or equal to 100000"),
    ({"trust": {"name": "Oakwell", "unverified": ["phone"]}}, "there is no field “phone”"),
    ({"trust": {"name": "Oakwell"}, "classes": {"codes": ["[1-9"]}}, "“[1-9” is not a regular expression"),
    ({"trust": {"name": "Oakwell"}, "trap": [{"why": "x"}]}, "a trap needs before, after, places, near or lookalikes"),
    (
        {"trust": {"name": "Oakwell"}, "trap": [{"name": "Oak", "near": ["Leeds"], "why": "x"}]},
        "nothing here is called",
    ),
    ({"trust": {"name": "Oakwell", "nick": "O"}}, "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("table", "message"), MISTAKES)
def test_mistakes_are_named(table: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Organisation.model_validate(table)
    assert message in str(caught.value)
