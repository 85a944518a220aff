"""Writes HEIC files, which no library at hand encodes: boxes around two tiles coded once with x265."""

import struct

# Video, sequence and picture parameter sets of a 64 × 64 still in HEVC, and one slice each of grey 230 and grey 40.
_PARAMETERS = (
    bytes.fromhex("40010c01ffff03700000030090000003000003001eba0240"),
    bytes.fromhex("42010103700000030090000003000003001ea020810596eaaf0b9b81010082000007d0000007d010"),
    bytes.fromhex("4401c0718112"),
)
_LIGHT = bytes.fromhex("2801ac2780eadcdff00507ac164ef84f81387e8001e1")
_DARK = bytes.fromhex("2801ac2780eadd7fee1107ac164ef84f81387e8001e1")
_GRID = 9


def heic(quarter_turns: int = 0, exif: bytes = b"", size: tuple[int, int] = (128, 64)) -> bytes:
    """Two tiles side by side as a phone saves them, light then dark, turned anticlockwise; it declares to be `size`."""
    items = [
        (_GRID, b"grid", struct.pack(">4B2H", 0, 0, 0, 1, *size)),
        (3, b"Exif", bytes(4) + exif),
        (1, b"hvc1", struct.pack(">I", len(_LIGHT)) + _LIGHT),
        (2, b"hvc1", struct.pack(">I", len(_DARK)) + _DARK),
    ]
    start = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    length = len(_meta(items, 0, quarter_turns, size))
    meta = _meta(items, len(start) + length + 8, quarter_turns, size)
    return start + meta + _box(b"mdat", *(data for _, _, data in items))


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _meta(items: list[tuple[int, bytes, bytes]], place: int, quarter_turns: int, size: tuple[int, int]) -> bytes:
    """The box of descriptions, for data that begins at `place`."""
    locations = b""
    for number, _, data in items:
        locations += struct.pack(">3H2I", number, 0, 1, place, len(data))
        place += len(data)
    entries = (
        _full(b"infe", struct.pack(">2H4sB", number, 0, kind, 0), version=2, flags=int(kind == b"hvc1"))
        for number, kind, _ in items
    )
    properties = (
        _coding(),
        _full(b"ispe", struct.pack(">2I", 64, 64)),
        _full(b"ispe", struct.pack(">2I", *size)),
        _box(b"irot", bytes([quarter_turns])),
    )
    links = struct.pack(">I", 3) + b"".join(
        struct.pack(">HB2B", number, 2, *own) for number, own in ((1, (0x81, 2)), (2, (0x81, 2)), (_GRID, (3, 0x84)))
    )
    return _full(
        b"meta",
        _full(b"hdlr", b"\0\0\0\0pict" + bytes(13)),
        _full(b"pitm", struct.pack(">H", _GRID)),
        _full(b"iloc", b"\x44\0", struct.pack(">H", len(items)), locations),
        _full(b"iinf", struct.pack(">H", len(items)), *entries),
        _full(
            b"iref",
            _box(b"dimg", struct.pack(">4H", _GRID, 2, 1, 2)),
            _box(b"cdsc", struct.pack(">3H", 3, 1, _GRID)),
        ),
        _box(b"iprp", _box(b"ipco", *properties), _full(b"ipma", links)),
    )


def _coding() -> bytes:
    profile = _PARAMETERS[1].replace(b"\0\0\x03", b"\0\0")[3:15]
    head = b"\x01" + profile + struct.pack(">H4BHB", 0xF000, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0x0F)
    arrays = (
        bytes([0x80 | 32 + number]) + struct.pack(">2H", 1, len(unit)) + unit for number, unit in enumerate(_PARAMETERS)
    )
    return _box(b"hvcC", head, bytes([len(_PARAMETERS)]), *arrays)
