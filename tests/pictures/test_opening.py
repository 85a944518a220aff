"""Opening picture files of every format, whole and broken."""

import io
import random
import struct
import sys
import time
import warnings
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tasmat_check.picture_formats import SUFFIXES, looks_like_picture
from tasmat_check.pictures.opening import PictureError, open_picture
from tests.pictures.heic import heic

RED, GREEN, BLUE, YELLOW = (220, 20, 20), (20, 200, 40), (30, 40, 210), (230, 220, 30)
DAMAGED, TOO_LARGE, TOO_LONG = "damaged", "larger than 64 megapixels", "take too long"
ORIENTATION = 0x0112
SAVED: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("JPEG", {"quality": 95, "subsampling": 0}),
    "progressive jpeg": ("JPEG", {"quality": 95, "subsampling": 0, "progressive": True}),
    "png": ("PNG", {}),
    "webp": ("WEBP", {"quality": 95}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "gif": ("GIF", {}),
    "avif": ("AVIF", {"quality": 90, "speed": 10}),
    "bmp": ("BMP", {}),
    "tiff": ("TIFF", {}),
    "compressed tiff": ("TIFF", {"compression": "tiff_lzw"}),
}
FORMATS = {"webp": "WebP", "lossless webp": "WebP"} | {
    name: format_ for name, (format_, _) in SAVED.items() if format_ != "WEBP"
}
# What undoes an orientation, the other way round.
STORED = {
    1: lambda upright: upright,
    2: lambda upright: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda upright: upright.transpose(Image.Transpose.ROTATE_180),
    4: lambda upright: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda upright: upright.transpose(Image.Transpose.TRANSPOSE),
    6: lambda upright: upright.transpose(Image.Transpose.ROTATE_90),
    7: lambda upright: upright.transpose(Image.Transpose.TRANSVERSE),
    8: lambda upright: upright.transpose(Image.Transpose.ROTATE_270),
}


def quarters() -> Image.Image:
    """A picture, 48 × 32, whose quarters have four colours."""
    image = Image.new("RGB", (48, 32), RED)
    image.paste(GREEN, (24, 0, 48, 16))
    image.paste(BLUE, (0, 16, 24, 32))
    image.paste(YELLOW, (24, 16, 48, 32))
    return image


def saved(image: Image.Image, format_: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format_, **options)
    return stream.getvalue()


@cache
def whole_files() -> dict[str, bytes]:
    files = {name: saved(quarters(), format_, **options) for name, (format_, options) in SAVED.items()}
    noise = np.random.default_rng(4)
    moving = [Image.fromarray(noise.integers(0, 256, (32, 48, 3), np.uint8)) for _ in range(6)]
    for name in ("gif", "webp", "png", "avif", "tiff"):
        options = {"save_all": True, "append_images": moving[1:]}
        files[f"moving {name}"] = saved(moving[0], name.upper(), **options)
    return files | {"heic": heic()}


def opened(content: bytes) -> NDArray[np.uint8]:
    return open_picture(content, "photo").frames[0].pixels


def refusal(content: bytes) -> str:
    with pytest.raises(PictureError) as caught:
        open_picture(content, "photo.jpg")
    assert caught.value.name == "photo.jpg"
    assert "\n" not in caught.value.reason
    return caught.value.reason


def near(pixel: NDArray[np.uint8], colour: tuple[int, int, int], distance: int = 30) -> bool:
    return bool(np.abs(pixel.astype(int) - colour).max() <= distance)


def assert_upright(pixels: NDArray[np.uint8]) -> None:
    assert pixels.shape == (32, 48, 3)
    for (row, column), colour in zip([(4, 6), (4, 42), (28, 6), (28, 42)], [RED, GREEN, BLUE, YELLOW], strict=True):
        assert near(pixels[row, column], colour), (row, column, pixels[row, column])


@pytest.mark.parametrize("name", SAVED)
def test_every_format_opens_by_its_content(name: str) -> None:
    format_, options = SAVED[name]
    content = saved(quarters(), format_, **options)
    picture = open_picture(content, "wrong.txt")
    assert (picture.name, picture.format, picture.content) == ("wrong.txt", FORMATS[name], content)
    assert [frame.number for frame in picture.frames] == [0]
    assert_upright(picture.frames[0].pixels)
    assert not picture.frames[0].pixels.flags.writeable


def test_heic_is_turned_once() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    for quarter_turns, (first, last) in enumerate([(230, 40), (40, 230), (40, 230), (230, 40)]):
        picture = open_picture(heic(quarter_turns, exif.tobytes()), "photo")
        assert picture.format == "HEIC"
        pixels = picture.frames[0].pixels
        assert pixels.shape == ((128, 64, 3) if quarter_turns % 2 else (64, 128, 3))
        assert near(pixels[0, 0], (first,) * 3)
        assert near(pixels[-1, -1], (last,) * 3)


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("name", ["jpeg", "png", "lossless webp", "tiff", "compressed tiff", "avif"])
def test_exif_orientation_is_applied_once(name: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    format_, options = SAVED[name]
    assert_upright(opened(saved(STORED[orientation](quarters()), format_, exif=exif, **options)))


@pytest.mark.parametrize("name", ["jpeg", "png", "lossless webp"])
def test_a_broken_exif_block_leaves_the_picture(name: str) -> None:
    format_, options = SAVED[name]
    for block in (b"Exif\0\0", b"Exif\0\0MM\0*", b"Exif\0\0MM\0\6\0\0\0\x08", b"Exif\0\0II*\0\xff\xff\xff\xff"):
        assert_upright(opened(saved(quarters(), format_, exif=block, **options)))


def test_a_slip_beside_the_orientation_does_not_matter() -> None:
    """The tag 0x011A should hold a number, and holds words: written anew, it would fail."""
    entries = struct.pack(">2HIHH", 0x0112, 3, 1, 6, 0) + struct.pack(">2HI4s", 0x011A, 2, 4, b"dpi\0")
    block = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + entries + bytes(4)
    assert_upright(opened(saved(STORED[6](quarters()), "JPEG", quality=95, exif=block)))


def clear_half(mode: str) -> Image.Image:
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 24, 32))
    return image.convert(mode)


def transparent() -> Iterator[tuple[str, bytes]]:
    yield "RGBA", saved(clear_half("RGBA"), "PNG")
    yield "LA", saved(clear_half("LA"), "PNG")
    yield "WebP", saved(clear_half("RGBA"), "WEBP", lossless=True)
    yield "AVIF", saved(clear_half("RGBA"), "AVIF", speed=10)
    yield "TIFF", saved(clear_half("RGBA"), "TIFF")
    yield "GIF", saved(clear_half("RGBA"), "GIF")
    yield "palette", saved(clear_half("RGBA").quantize(8), "PNG")
    for mode, dark in (("RGB", (0, 0, 0)), ("L", 0), ("1", 0), ("I;16", 0)):
        image = Image.new(mode, (48, 32), 0 if mode != "RGB" else (0, 0, 0))
        image.paste(1 if mode == "1" else 200 if mode != "RGB" else (200, 9, 9), (24, 0, 48, 32))
        yield mode, saved(image, "PNG", transparency=dark)


@pytest.mark.parametrize(
    ("mode", "content"), list(transparent()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_transparency_lies_on_white(mode: str, content: bytes) -> None:
    pixels = opened(content)
    assert near(pixels[16, 8], (255, 255, 255), 4), mode
    assert mode == "1" or not near(pixels[16, 40], (255, 255, 255))


def test_half_transparent_is_mixed_with_white() -> None:
    pixels = opened(saved(Image.new("RGBA", (8, 8), (255, 0, 0, 128)), "PNG"))
    assert near(pixels[0, 0], (255, 127, 127), 2)


@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_cmyk_keeps_its_colours(format_: str) -> None:
    options = {"quality": 95, "subsampling": 0} if format_ == "JPEG" else {}
    assert_upright(opened(saved(quarters().convert("CMYK"), format_, **options)))


@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_16_bit_greys_keep_their_range(format_: str) -> None:
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (8, 1))
    grey = opened(saved(Image.fromarray(ramp), format_))
    assert grey.shape == (8, 64, 3)
    assert grey[0, :, 0].tolist() == (ramp[0] >> 8).tolist()
    assert not grey.flags.writeable
    dark = opened(saved(Image.fromarray(ramp // 16), format_))
    assert dark.max() == 15


def test_greys_without_a_range_are_stretched() -> None:
    ramp = np.tile(np.linspace(-3, 7, 64), (8, 1)).astype(np.float32)
    ramp[0, 0] = np.nan
    for values in (ramp, (ramp * 1_000_000).clip(-3_000_000, 7_000_000)[1:].astype(np.int32)):
        grey = opened(saved(Image.fromarray(values), "TIFF"))
        assert (grey[-1, 0, 0], grey[-1, -1, 2]) == (0, 255)
    assert opened(saved(Image.fromarray(np.full((4, 4), np.inf, np.float32)), "TIFF")).shape == (4, 4, 3)


def test_one_bit_and_palettes() -> None:
    assert_upright(opened(saved(quarters().quantize(4), "PNG")))
    black = opened(saved(quarters().convert("L").point(lambda grey: grey > 100).convert("1"), "TIFF"))
    assert set(np.unique(black)) <= {0, 255}


@pytest.mark.parametrize("height", [1, 64, 65, 200])
def test_every_row_of_a_tall_picture_is_there(height: int) -> None:
    pixels = np.random.default_rng(height).integers(0, 256, (height, 7, 3), np.uint8)
    assert np.array_equal(opened(saved(Image.fromarray(pixels), "PNG")), pixels)


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "AVIF", "TIFF"])
def test_an_animation_is_sampled_from_first_to_last(format_: str) -> None:
    stills = [Image.new("RGB", (32, 32), (number * 20, 10, 10)) for number in range(12)]
    coding: dict[str, dict[str, Any]] = {"WEBP": {"lossless": True}, "AVIF": {"speed": 10}}
    options = coding.get(format_, {})
    content = saved(stills[0], format_, save_all=True, append_images=stills[1:], **options)
    frames = open_picture(content, "photo").frames
    assert [frame.number for frame in frames] == [0, 3, 6, 8, 11]
    for frame in frames:
        assert near(frame.pixels[16, 16], (frame.number * 20, 10, 10), 12)
    few = open_picture(saved(stills[0], format_, save_all=True, append_images=stills[1:3], **options), "photo").frames
    assert [frame.number for frame in few] == [0, 1, 2]


def test_a_second_view_behind_a_jpeg_is_left() -> None:
    content = saved(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (16, 16))], quality=95)
    picture = open_picture(content, "photo")
    assert (picture.format, len(picture.frames)) == ("JPEG", 1)
    assert_upright(picture.frames[0].pixels)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def declared(format_: str, width: int, height: int) -> bytes:
    """A small file that says it is of this size."""
    if format_ == "HEIC":
        return heic(size=(width, height))
    content = saved(quarters(), format_, **({"lossless": True} if format_ == "WEBP" else {}))
    if format_ == "PNG":
        return content[:8] + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)) + content[33:]
    if format_ == "TIFF":
        for tag, old, new in ((256, 48, width), (257, 32, height)):
            content = content.replace(struct.pack("<2H2I", tag, 4, 1, old), struct.pack("<2H2I", tag, 4, 1, new))
        return content
    place, size = {
        "JPEG": (content.find(b"\xff\xc0") + 5, struct.pack(">2H", height, width)),
        "GIF": (6, struct.pack("<2H", width, height)),
        "BMP": (18, struct.pack("<2i", width, height)),
        "WEBP": (21, struct.pack("<I", width - 1 | height - 1 << 14)),
        "AVIF": (content.find(b"ispe") + 8, struct.pack(">2I", width, height)),
    }[format_]
    return content[:place] + size + content[place + len(size) :]


@pytest.mark.parametrize("size", [(9_000, 9_000), (11_000, 11_000), (16_000, 16_000), (40_000, 1)])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIC"])
def test_a_bomb_is_refused_by_the_size_it_declares(format_: str, size: tuple[int, int]) -> None:
    if format_ in ("WEBP", "AVIF") and size[0] > 16_383:
        pytest.skip("the format cannot declare a side that long")
    assert TOO_LARGE in refusal(declared(format_, *size))


def test_all_stills_together_have_one_limit() -> None:
    pages = [Image.new("1", (4_200, 4_200)) for _ in range(4)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert TOO_LARGE in refusal(content)


def test_endless_animations_are_refused() -> None:
    gif = saved(Image.new("L", (2, 2)), "GIF")
    place = gif.index(b",\0\0\0\0")
    assert TOO_LONG in refusal(gif[:place] + gif[place:-1] * 2_001 + b";")
    large = saved(Image.new("L", (2_000, 2_000)), "GIF")
    place = large.index(b",\0\0\0\0")
    assert TOO_LONG in refusal(large[:place] + large[place:-1] * 130 + b";")
    png = saved(quarters(), "PNG")
    assert TOO_LONG in refusal(png[:33] + chunk(b"acTL", struct.pack(">2I", 100_000, 0)) + png[33:])


def test_a_frame_that_outgrows_its_animation_is_refused() -> None:
    stills = [Image.new("L", (8, 8), grey) for grey in (0, 200)]
    content = bytearray(saved(stills[0], "GIF", save_all=True, append_images=stills[1:]))
    place = content.rindex(b",\0\0\0\0")
    content[place + 5 : place + 9] = struct.pack("<2H", 9_000, 9_000)
    assert TOO_LARGE in refusal(bytes(content))


def test_a_tiff_of_endless_pages_is_refused() -> None:
    content = bytearray(saved(Image.new("L", (1, 1)), "TIFF"))
    first = struct.unpack_from("<I", content, 4)[0]
    length = 2 + 12 * struct.unpack_from("<H", content, first)[0]
    page = bytes(content[first : first + length])
    struct.pack_into("<I", content, 4, len(content))
    for number in range(2_100):
        content += page + struct.pack("<I", len(content) + length + 4 if number < 2_099 else 0)
    assert TOO_LONG in refusal(bytes(content))


def test_a_jpeg_of_endless_passes_is_refused() -> None:
    assert TOO_LONG in refusal(declared("JPEG", 8_000, 8_000) + b"\xff\xda" * 40)


@pytest.mark.parametrize("name", whole_files())
def test_a_file_cut_short_is_refused(name: str) -> None:
    content = whole_files()[name]
    for share in (0.2, 0.5, 0.8):
        assert DAMAGED in refusal(content[: int(len(content) * share)]), share


def test_a_heic_without_its_last_tile_is_refused() -> None:
    """The decoder would leave the tile black."""
    assert DAMAGED in refusal(heic()[:-12])
    assert opened(heic() + b"\xff" * 64).shape == (64, 128, 3)


def test_a_damaged_picture_is_refused() -> None:
    content = bytearray(saved(quarters(), "PNG"))
    content[content.index(b"IDAT") + 10] ^= 0xFF
    assert DAMAGED in refusal(bytes(content))
    assert DAMAGED in refusal(b"\xff\xd8\xff\xe0" + bytes(300))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Just a few words", "not a picture"),
        (b"BMW for sale, one careful owner, ring after six please", "not a picture"),
        (b"%PDF-1.7", "not a picture"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "not a picture"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "not a picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "videos are not checked"),
        (b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ", "videos are not checked"),
        (b"\0\0\x07\xb3moov\0\0\0\x6cmvhd", "videos are not checked"),
        (b"RIFF\x24\x10\0\0AVI LIST", "videos are not checked"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04webm", "videos are not checked"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "export it as PNG"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg viewBox='0'>",
            "export it as PNG",
        ),
        (b"<html><body><svg></svg>", "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    assert reason in refusal(content)
    assert not looks_like_picture(content)


def test_a_picture_is_told_from_its_first_bytes() -> None:
    for name, content in whole_files().items():
        assert looks_like_picture(content[:64]), name
    for content, format_ in ((heic(), "HEIC"), (saved(quarters(), "AVIF", speed=10), "AVIF")):
        assert open_picture(content[:8] + b"mif1" + content[12:], "photo").format == format_
    assert {".jpg", ".heic", ".tiff", ".webp", ".avif"} <= SUFFIXES
    assert not {".svg", ".mp4", ".txt"} & SUFFIXES


def test_a_missing_decoder_is_one_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    assert "HEIC pictures cannot be opened on this computer" in refusal(heic())
    monkeypatch.setattr("PIL.features.check_module", lambda _: False)
    assert "AVIF pictures cannot be opened on this computer" in refusal(saved(quarters(), "AVIF", speed=10))


def test_decoders_keep_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    content = saved(quarters(), "MPO", save_all=True, append_images=[quarters()], quality=95)
    broken = content.replace(b"MPF\0", b"MPF\0XX", 1)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert_upright(opened(broken))
        assert TOO_LARGE in refusal(declared("PNG", 11_000, 11_000))
    assert not caught
    for file in whole_files().values():
        refusal(file[: len(file) // 2])
    assert capfd.readouterr() == ("", "")


def test_pictures_open_in_several_threads() -> None:
    files = list(whole_files().values())
    alone = [opened(content) for content in files]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(opened, files * 4))
    for number, pixels in enumerate(together):
        assert np.array_equal(pixels, alone[number % len(files)])


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, or cut, blank or repeat a stretch."""
    data = bytearray(content)
    place, length = chance.randrange(len(data)), chance.randrange(1, 64)
    match chance.randrange(5):
        case 0:
            del data[place:]
        case 1:
            data[place : place + length] = bytes(length)
        case 2:
            data[place:place] = data[place : place + length] * chance.randrange(1, 50)
        case 3:
            del data[place : place + length]
        case _:
            for _ in range(chance.randrange(1, 9)):
                data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("name", whole_files())
def test_broken_files_end_as_a_picture_or_a_reason(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    content = whole_files()[name]
    chance = random.Random(f"broken {name}")  # noqa: S311
    for _ in range(30):
        started = time.process_time()
        with suppress(PictureError):
            frames = open_picture(mutated(content, chance), "photo").frames
            assert frames
            assert all(frame.pixels.dtype == np.uint8 and frame.pixels.ndim == 3 for frame in frames)
        assert time.process_time() - started < 5
    assert capfd.readouterr() == ("", "")
