"""Invented posts to learn from."""

from tasmat_check.learn.corpus import LabelledPost


def post(number: int, text: str, must: tuple[str, ...] = (), **more: object) -> LabelledPost:
    values: dict[str, object] = {
        "id": f"p{number}",
        "text": text,
        "channel": "personal",
        "must": must,
        "may": (),
        "evidence": (text.split(maxsplit=1)[0],) if must else (),
        "kind": "sample",
        "writer": f"w{number % 4}",
    }
    return LabelledPost.model_validate(values | more)
