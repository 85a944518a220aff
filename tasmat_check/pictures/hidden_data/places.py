"""Where a picture was taken."""

import math
import re
from dataclasses import dataclass, field
from typing import Any

_EARTH_METRES = 6_371_008.8
"""Mean radius of the earth (IUGG)."""

_XMP_ANGLE = re.compile(r"\s*([+-]?[\d.]{1,20})(?:,([\d.]{1,20}))?(?:,([\d.]{1,20}))?\s*([NSEWnsew]?)\s*")


@dataclass(frozen=True, slots=True)
class Position:
    """A place on the earth in decimal degrees, north and east positive, and the field it was read from."""

    latitude: float = field(repr=False)
    longitude: float = field(repr=False)
    source: str

    def told(self) -> str:
        """Give latitude and longitude to three decimals: about 110 m from north to south, 70 m across in England."""
        return f"{self.latitude:z.3f}, {self.longitude:z.3f}"


def distance(position: Position, latitude: float, longitude: float) -> float:
    """Measure the way over the ground to a place in decimal degrees, in metres.

    The haversine formula on a sphere, which is at most 0.6 % off.
    """
    north, to_north = math.radians(position.latitude), math.radians(latitude)
    east = math.radians(longitude - position.longitude)
    chord = math.sin((to_north - north) / 2) ** 2 + math.cos(north) * math.cos(to_north) * math.sin(east / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, chord)))


def position_of(latitude: float, longitude: float, source: str) -> Position | None:
    """Make a position, unless it is none on the earth, or the 0, 0 that devices write when they know none."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return None
    return Position(latitude, longitude, source)


def exif_angle(value: Any, reference: str) -> float:
    """Read degrees, minutes and seconds, any of which may be missing; not a number where they are none."""
    parts = value if isinstance(value, tuple) else (value,)
    try:
        numbers = [float(part) for part in parts[:3]]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return math.nan
    return _angle(numbers, reference)


def xmp_angle(text: str) -> float:
    """Read an angle as XMP writes it, such as 51,1.5N; not a number where it is none."""
    match = _XMP_ANGLE.fullmatch(text)
    try:
        return _angle([float(part) for part in match.groups()[:3] if part], match[4]) if match else math.nan
    except ValueError:
        return math.nan


def _angle(numbers: list[float], reference: str) -> float:
    if not numbers:
        return math.nan
    angle = sum(abs(number) / unit for number, unit in zip(numbers, (1, 60, 3600), strict=False))
    return -angle if reference.upper() in {"S", "W"} or numbers[0] < 0 else angle
