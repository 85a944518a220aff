"""Finds vehicle registrations: today's form by its shape, older forms by what is said around them.

Forms as the DVLA's INF104 lists them. Words that are spelt like the last three letters ("SS24 NEW") are no plates.
"""

import re
from collections.abc import Iterator

from tasmat_check.models import Entity, Span
from tasmat_check.recognizers.surroundings import entity_at, stands_alone, words_near
from tasmat_check.wording import Wording, keys

_DIGIT = re.compile(r"[0-9]")
_BEFORE = r"(?<![a-z0-9£$@#/_.-])"
_AFTER = r"(?![a-z0-9_/%]|-[a-z0-9])"
_CURRENT = re.compile(
    _BEFORE + r"[a-hk-prsvwxy][a-hj-pr-y](?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])[ -]?([a-hj-pr-z]{3})" + _AFTER
)
_PREFIX = re.compile(_BEFORE + r"[a-hj-npr-tv-y][1-9][0-9]{0,2}[ -]?[a-hj-pr-tv-z]{3}" + _AFTER)
_SUFFIX = re.compile(_BEFORE + r"[a-hj-pr-tv-z]{3}[ -]?[1-9][0-9]{0,2}[a-hj-npr-tv-y]" + _AFTER)
_NORTHERN = re.compile(_BEFORE + r"(?:[a-z]?[iz][a-z]|[a-z]{1,2}[iz])[ -]?[1-9][0-9]{2,3}" + _AFTER)
_DATELESS = re.compile(_BEFORE + r"(?:[a-z]{1,3} ?[1-9][0-9]{2,3}|[1-9][0-9]{2,3} ?[a-z]{2,3})" + _AFTER)

_VEHICLE_WORDS = frozenset(
    keys(
        "reg regs registration registrations plate plates numberplate numberplates numplate vrm vrn car cars van "
        "vehicle vehicles parked parking bumper audi bmw ford corsa fiesta fiat mini astra golf vauxhall nissan toyota "
        "kia peugeot renault volvo mercedes motorbike driver drives drove driving mot dvla"
    )
)
_PLATE_WORDS = frozenset(
    keys("reg regs registration plate plates numberplate numberplates vrm vrn car van vehicle vehicles")
)
_PLATE_TOLD = re.compile(
    r"(?:\b(?:number ?plate|plate|registration|vrm|car reg|reg(?: plate| number| no)?)\b)\W{0,3}(?:(?:is|was"
    r"|says|of|no|number)\W{0,2}){0,2}$"
)
_WORDS = frozenset(
    keys(
        "new for the and all now out day win was has had can get got not but you her his our off one two ten yes sale "
        "buy pre pro pub top max men mum dad kid run set see say use way who why how any are big boy cup cut did end "
        "far few fan fun gym hat hot job lad law let lot low man map may met off old own pay per put red rob sad sea "
        "she sat sun mon tue wed thu jan feb mar apr jun jul aug sep oct nov dec tax the tea too try van via war web "
        "wet won yet bst gmt uhd usb led pcs mph vat ltd plc"
    )
)


def recognize(wording: Wording) -> Iterator[Entity]:
    """Give the vehicle registrations in a wording; 0.9 where a word for plate or car is near, 0.7 by shape alone."""
    if not _DIGIT.search(wording.folded.text):
        return
    taken: set[int] = set()
    for find in (_current_plates, _older_plates, _told_plates):
        for entity in find(wording):
            if entity.span.start not in taken:
                taken.add(entity.span.start)
                yield entity


def _current_plates(wording: Wording) -> Iterator[Entity]:
    for match in _CURRENT.finditer(wording.folded.text):
        span = wording.folded.original(*match.span())
        if words_near(wording, span) & _VEHICLE_WORDS:
            yield entity_at(wording, "UK_VEHICLE_REGISTRATION", span, 0.9)
        elif stands_alone(wording, span) or _looks_like_plate(wording, span, match.group(1)):
            yield entity_at(wording, "UK_VEHICLE_REGISTRATION", span, 0.7)


def _looks_like_plate(wording: Wording, span: Span, ending: str) -> bool:
    return wording.text[span.start : span.end].isupper() and ending not in _WORDS


def _older_plates(wording: Wording) -> Iterator[Entity]:
    for pattern in (_PREFIX, _SUFFIX):
        for match in pattern.finditer(wording.folded.text):
            span = wording.folded.original(*match.span())
            upper = wording.text[span.start : span.end].isupper()
            if _told(wording, match) or (upper and words_near(wording, span) & _PLATE_WORDS):
                yield entity_at(wording, "UK_VEHICLE_REGISTRATION", span, 0.85)
            elif stands_alone(wording, span):
                yield entity_at(wording, "UK_VEHICLE_REGISTRATION", span, 0.6 if upper else 0.5)


def _told_plates(wording: Wording) -> Iterator[Entity]:
    for pattern in (_NORTHERN, _DATELESS):
        for match in pattern.finditer(wording.folded.text):
            if _told(wording, match):
                span = wording.folded.original(*match.span())
                yield entity_at(wording, "UK_VEHICLE_REGISTRATION", span, 0.8)


def _told(wording: Wording, match: re.Match[str]) -> bool:
    return _PLATE_TOLD.search(wording.folded.text[max(0, match.start() - 40) : match.start()]) is not None
