"""Fills the templates; whatever a post holds comes out as harmless text."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tasmat_check.reporters.lettering import Lettering

_LETTERING = Lettering("utf-8")


@cache
def template(name: str) -> Template:
    """Load one of the page's templates."""
    return _environment().get_template(name)


@cache
def asset(name: str) -> Markup:
    """Give the page's style or script as it stands in the page; it must be ASCII, as no reference is read there."""
    text = (files(__package__) / "templates" / name).read_text(encoding="ascii")
    return Markup(text)  # noqa: S704 - shipped with the program; no word of a post is in it


@cache
def digest(name: str) -> str:
    """Give the hash by which the page's security policy lets its own style or script through, and no other."""
    return "sha256-" + b64encode(sha256(asset(name).encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"asset": asset, "digest": digest}
    environment.filters["in_one_line"] = lambda text: " ".join(text.split())
    return environment


def _visible(value: Any) -> Any:
    """Show what would be hidden: control characters, and marks that make text run backwards."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else _LETTERING.shown(value)
