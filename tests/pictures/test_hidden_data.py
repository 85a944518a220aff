"""What a picture file carries beside its pixels."""

import base64
import io
import random
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFilter, PngImagePlugin

from tasmat_check.pictures import Frame, Picture
from tasmat_check.pictures.hidden_data import HiddenData, Position, distance, heif, png, read, xmp

EXIF, GPS = ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo
CAPTION = "Sports day at Torfield, Zoe won"
PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"
 photoshop:City="Hastings" aux:OwnerName="Jane Teacher" exif:GPSLatitude="50,51.24N" exif:GPSLongitude="0,34.5W">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Sports day &amp; picnic</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>Year 4</rdf:li><rdf:li>picnic</rdf:li></rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>Jo Photographer</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Jo Photographer</rdf:li></rdf:Alt></dc:rights>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Amy Pupil</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li Iptc4xmpExt:Sublocation="The Croft"/></rdf:Bag></Iptc4xmpExt:LocationShown>
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
<rdf:li><rdf:Description mwg-rs:Name="Ben Pupil" mwg-rs:Type="Face"/></rdf:li></rdf:Bag></mwg-rs:RegionList>
</mwg-rs:Regions>
<MP:RegionInfo rdf:parseType="Resource"><MPReg:Regions><rdf:Bag>
<rdf:li MPReg:Rectangle="0.1, 0.1, 0.2, 0.2" MPReg:PersonDisplayName="Cat Pupil"/></rdf:Bag></MPReg:Regions>
</MP:RegionInfo>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def scene(width: int = 480, height: int = 320) -> Image.Image:
    """Draw a picture of many shapes, such as no two parts of which are alike."""
    chance = random.Random(7)  # noqa: S311 - a drawing, no secret
    image = Image.new("RGB", (width, height), (120, 150, 190))
    pen = ImageDraw.Draw(image)
    for _ in range(120):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(8, 70)
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        (pen.ellipse if chance.random() < 0.5 else pen.rectangle)((x, y, x + size, y + size), fill=colour)
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture(content: bytes, image: Image.Image | None = None) -> Picture:
    return Picture("a", "", (Frame(np.asarray(image or Image.new("RGB", (32, 24)))),), content)


def found(content: bytes) -> HiddenData:
    return read(picture(content))


def exif_block() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = CAPTION.encode()
    exif[0x010F], exif[0x0110], exif[0x013C] = "Canon", "Canon EOS R6", "SAXONMOUNT-LAPTOP12"
    exif[0x013B], exif[0x8298] = "Jo Photographer", "Getty Images"
    exif[0x9C9B], exif[0x9C9D] = "Title Ω".encode("utf-16-le") + b"\0\0", "Ann Author".encode("utf-16-le")
    exif[0x9C9C], exif[0x9C9E] = "remark".encode("utf-16-le"), "key;word".encode("utf-16-le")
    directory = exif.get_ifd(EXIF)
    directory[0x9286] = b"UNICODE\0" + "a comment".encode("utf-16-be")
    directory[0xA430], directory[0xA431] = "Jane Teacher", "0123456"
    position = exif.get_ifd(GPS)
    position[1], position[2], position[3], position[4] = "N", (50.0, 51.0, 14.4), "W", (0.0, 34.0, 30.0)
    return exif


def with_gps(values: dict[int, Any]) -> HiddenData:
    exif = Image.Exif()
    exif.get_ifd(GPS).update(values)
    return found(saved(Image.new("RGB", (8, 8)), exif=exif))


def record(number: int, value: bytes, group: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, group, number, len(value)) + value


def resource(number: int, data: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def with_segment(marker: int, data: bytes) -> bytes:
    jpeg = saved(Image.new("RGB", (8, 8)))
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + jpeg[2:]


def with_iptc(*records: bytes) -> HiddenData:
    return found(with_segment(0xED, b"Photoshop 3.0\0" + resource(0x0404, b"".join(records))))


def with_thumbnail(image: Image.Image, thumbnail: Image.Image, orientation: int = 1) -> HiddenData:
    """Read a JPEG with an EXIF block of one tag and a second directory, which holds the thumbnail."""
    small = saved(thumbnail, quality=75)
    second = struct.pack("<HHHLLHHLLL", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    first = struct.pack("<HHHLLL", 1, 0x0112, 3, 1, orientation, 26)
    content = saved(image, exif=b"Exif\0\0II*\0" + struct.pack("<L", 8) + first + second + small)
    upright = Image.open(io.BytesIO(content)).convert("RGB")
    if orientation == 6:
        upright = upright.transpose(Image.Transpose.ROTATE_270)
    return read(picture(content, upright))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_exif_is_read_from_every_format(kind: str) -> None:
    data = found(saved(Image.new("RGB", (32, 24)), kind, exif=exif_block().tobytes()))
    assert ("EXIF ImageDescription", CAPTION) in data.texts
    assert ("EXIF UserComment", "a comment") in data.texts
    assert ("EXIF XPTitle", "Title Ω") in data.texts
    assert {("EXIF XPComment", "remark"), ("EXIF XPKeywords", "key;word")} <= set(data.texts)
    assert {("EXIF Artist", "Jo Photographer"), ("EXIF XPAuthor", "Ann Author")} <= set(data.authors)
    assert ("EXIF CameraOwnerName", "Jane Teacher") in data.authors
    assert data.copyright == (("EXIF Copyright", "Getty Images"),)
    assert data.device == "Canon EOS R6, SAXONMOUNT-LAPTOP12, serial number 0123456"
    assert data.position is not None
    assert data.position.latitude == pytest.approx(50.854, abs=1e-5)
    assert data.position.longitude == pytest.approx(-0.575, abs=1e-5)
    assert (data.position.told(), data.position.source) == ("50.854, -0.575", "EXIF GPSLatitude")
    assert data.unread == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_xmp_is_read_from_every_format(kind: str) -> None:
    options: dict[str, Any] = {"xmp": PACKET.encode()}
    if kind == "PNG":
        options = {"pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", PACKET)
    if kind == "TIFF":
        options = {"tiffinfo": {700: PACKET.encode()}}
    check_packet(found(saved(Image.new("RGB", (32, 24)), kind, **options)))


def check_packet(data: HiddenData) -> None:
    assert set(data.texts) == {
        ("XMP dc:description", "Sports day & picnic"),
        ("XMP dc:subject", "Year 4"),
        ("XMP dc:subject", "picnic"),
        ("XMP photoshop:City", "Hastings"),
        ("XMP Iptc4xmpExt:Sublocation", "The Croft"),
    }
    assert set(data.authors) == {
        ("XMP dc:creator", "Jo Photographer"),
        ("XMP aux:OwnerName", "Jane Teacher"),
    }
    assert {text for _, text in data.shown} == {"Amy Pupil", "Ben Pupil", "Cat Pupil"}
    assert data.copyright == (("XMP dc:rights", "(c) Jo Photographer"),)
    assert data.position is not None
    assert data.position.told() == "50.854, -0.575"
    assert data.unread == ()


def test_heic_is_read_as_avif_is() -> None:
    content = saved(Image.new("RGB", (32, 24)), "AVIF", exif=exif_block(), xmp=PACKET.encode())
    data = found(content[:8] + b"heic" + content[12:])
    assert {("EXIF ImageDescription", CAPTION), ("XMP photoshop:City", "Hastings")} <= set(data.texts)


def test_a_content_type_that_kills_pi_heif_is_refused() -> None:
    content = saved(Image.new("RGB", (32, 24)), "AVIF", xmp=PACKET.encode())
    assert heif.items(content)[0].content_type == b"application/rdf+xml"
    with pytest.raises(ValueError, match="not ASCII"):
        heif.items(content.replace(b"application/rdf+xml", b"application/\xffdf+xml"))


def test_an_item_that_claims_to_be_huge_is_refused() -> None:
    content = saved(Image.new("RGB", (32, 24)), "AVIF", xmp=PACKET.encode())
    size = struct.pack(">I", len(PACKET.encode()))
    assert content.count(size) == 1
    with pytest.raises(ValueError, match="too large"):
        heif.items(content.replace(size, b"\x7f\xff\xff\xff"))


def test_the_rest_of_a_long_xmp_packet_is_read() -> None:
    body = PACKET.encode()
    header = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32
    parts = [body[:900], body[900:]]
    jpeg = saved(Image.new("RGB", (8, 8)))
    for offset, part in ((0, parts[0]), (900, parts[1])):
        data = header + struct.pack(">II", len(body), offset) + part
        jpeg = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data + jpeg[2:]
    check_packet(found(jpeg))


def test_png_texts_are_read_before_and_behind_the_pixels() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Jo Photographer")
    info.add_text("Copyright", "Getty Images", zip=True)
    info.add_text("Comment", CAPTION, zip=True)
    info.add_itxt("Description", "Zoë und Łucja", zip=True)
    info.add_text("Software", "a program")
    content = saved(Image.new("RGB", (32, 24)), "PNG", pnginfo=info)
    end = len(content) - 12
    late = b"tEXtDisclaimer\0said last"
    content = (
        content[:end] + struct.pack(">I", len(late) - 4) + late + struct.pack(">I", zlib.crc32(late)) + content[end:]
    )
    data = found(content)
    assert set(data.texts) == {
        ("PNG Comment", CAPTION),
        ("PNG Description", "Zoë und Łucja"),
        ("PNG Disclaimer", "said last"),
    }
    assert data.authors == (("PNG Author", "Jo Photographer"),)
    assert data.copyright == (("PNG Copyright", "Getty Images"),)


def test_profiles_of_imagemagick_are_read() -> None:
    info = PngImagePlugin.PngInfo()
    for kind, block in (("exif", exif_block().tobytes()), ("iptc", resource(0x0404, record(25, b"picnic")))):
        info.add_text(f"Raw profile type {kind}", f"\n{kind}\n{len(block):8}\n{block.hex()}\n", zip=True)
    data = found(saved(Image.new("RGB", (32, 24)), "PNG", pnginfo=info))
    assert ("EXIF Artist", "Jo Photographer") in data.authors
    assert ("IPTC Keywords", "picnic") in data.texts


def test_a_compressed_bomb_in_a_png_is_not_unpacked() -> None:
    bomb = zlib.compress(b"A" * (png._LARGEST_TEXT + 1))
    chunk = b"zTXtComment\0\0" + bomb
    content = png.SIGNATURE + struct.pack(">I", len(chunk) - 4) + chunk + b"\0" * 4
    content += struct.pack(">I", 16) + b"tEXtTitle\0said after" + b"\0" * 4
    data = found(content)
    assert data.texts == (("PNG Title", "said after"),)
    assert data.unread == ("A text of the PNG file is damaged or too long, and was not read.",)


def test_many_bombs_in_a_png_are_not_all_unpacked() -> None:
    chunk = b"zTXtComment\0\0" + zlib.compress(b"A" * (png._LARGEST_TEXT + 1))
    bombs = (struct.pack(">I", len(chunk) - 4) + chunk + b"\0" * 4) * 5
    data = found(png.SIGNATURE + bombs + struct.pack(">I", 16) + b"tEXtTitle\0said after" + b"\0" * 4)
    assert data.texts == ()
    assert "The PNG file has more texts than are read." in data.unread


def test_comments_of_jpeg_and_gif_are_read() -> None:
    assert found(saved(Image.new("RGB", (8, 8)), comment=CAPTION.encode())).texts == (("JPEG comment", CAPTION),)
    assert found(saved(Image.new("RGB", (8, 8)), "GIF", comment=CAPTION.encode())).texts == (("GIF comment", CAPTION),)


def test_iptc_is_read_from_jpeg_and_tiff() -> None:
    names = {5: "Object Name", 25: "Keywords", 90: "City", 105: "Headline", 120: "Caption/Abstract"}
    records = [record(number, name.encode()) for number, name in names.items()]
    rights = [record(80, b"Jo"), record(122, b"Ann"), record(110, b"PA"), record(116, b"(c) PA")]
    block = b"".join([*records, *rights])
    tiff = saved(Image.new("RGB", (8, 8)), "TIFF", tiffinfo={33723: block})
    for data in (with_iptc(*records, *rights), found(tiff)):
        assert data.texts == tuple((f"IPTC {name}", name) for name in names.values())
        assert data.authors == (("IPTC By-line", "Jo"), ("IPTC Writer/Editor", "Ann"))
        assert data.copyright == (("IPTC Credit", "PA"), ("IPTC Copyright Notice", "(c) PA"))


@pytest.mark.parametrize(
    ("escape", "value"),
    [
        (b"\x1b%G", "Zoë".encode()),
        (b"", "Zoë".encode()),
        (b"", b"Zo\xeb"),
        (b"\x1b%G", b"Zo\xeb"),
        (b"\x1b.A", b"Zo\xeb"),
    ],
)
def test_iptc_is_read_in_any_encoding(escape: bytes, value: bytes) -> None:
    assert with_iptc(record(90, escape, 1), record(25, value)).texts == (("IPTC Keywords", "Zoë"),)


def test_iptc_uses_the_encoding_it_names() -> None:
    name = "Юля"
    assert with_iptc(record(90, b"\x1b-L", 1), record(25, name.encode("iso8859-5"))).texts[0][1] == name


def test_iptc_before_the_damage_is_kept() -> None:
    data = with_iptc(record(25, b"picnic"), b"\x1c\x02\x19\x7f\xff")
    assert data.texts == (("IPTC Keywords", "picnic"),)
    assert data.unread == ("The IPTC fields are damaged; not all of them could be read.",)


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (b"ASCII\0\0\0plain", "plain"),
        (b"UNICODE\0" + "Zoë".encode("utf-16-le"), "Zoë"),
        (b"UNICODE\0" + "Zoë".encode("utf-16-be"), "Zoë"),
        (b"UNICODE\0" + "\ufeffZoë".encode("utf-16-be"), "Zoë"),
        (b"JIS\0\0\0\0\0" + "写真".encode("iso2022_jp"), "写真"),
        (b"\0" * 8 + "Zoë".encode(), "Zoë"),
        (b"no prefix at all", "no prefix at all"),
        (b"ASCII\0\0\0one\0\0two\0", "one two"),
    ],
)
def test_a_user_comment_is_read_in_any_encoding(comment: bytes, text: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(EXIF)[0x9286] = comment
    assert found(saved(Image.new("RGB", (8, 8)), exif=exif)).texts == (("EXIF UserComment", text),)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_description_is_read_in_any_encoding(encoding: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Zoë’s day".encode(encoding)
    assert found(saved(Image.new("RGB", (8, 8)), exif=exif)).texts == (("EXIF ImageDescription", "Zoë’s day"),)


def test_values_of_wrong_types_and_sizes_do_no_harm() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x010F] = 7, b"\0\0\0", "  "
    exif[0x8298] = "A" * 30_000
    data = found(saved(Image.new("RGB", (8, 8)), exif=exif))
    assert data.texts == (("EXIF ImageDescription", "7"),)
    assert (data.authors, data.device) == ((), "")
    assert len(data.copyright[0][1]) == 20_000
    assert data.unread == ("EXIF Copyright is longer than 20,000 characters; the rest of it was not read.",)


@pytest.mark.parametrize(
    "values",
    [
        {1: "N", 2: (91.0, 0.0, 0.0), 3: "E", 4: (0.0, 34.0, 0.0)},
        {1: "N", 2: (50.0, 0.0, 0.0), 3: "E", 4: (181.0, 0.0, 0.0)},
    ],
)
def test_a_place_off_the_earth_is_told_as_unread(values: dict[int, Any]) -> None:
    data = with_gps(values)
    assert data.position is None
    assert data.unread == ("EXIF GPSLatitude holds a place that cannot be read.",)


def test_a_denominator_of_zero_is_no_place() -> None:
    block = exif_block().tobytes()
    good = struct.pack(">6L", 50, 1, 51, 1, 72, 5)
    assert good in block
    data = found(saved(Image.new("RGB", (8, 8)), exif=block.replace(good, struct.pack(">6L", 50, 1, 51, 0, 72, 0))))
    assert data.position is None
    assert "EXIF GPSLatitude holds a place that cannot be read." in data.unread


def test_an_empty_place_is_none_and_no_complaint() -> None:
    for values in ({}, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, {1: "N"}):
        data = with_gps(values)
        assert (data.position, data.unread) == (None, ())


def test_a_place_without_its_hemisphere_is_told_with_a_doubt() -> None:
    data = with_gps({2: (50.0, 30.0, 0.0), 4: (0.0, 34.0, 30.0)})
    assert data.position is not None
    assert data.position.told() == "50.500, 0.575"
    assert "which half of the earth" in data.unread[0]


def test_the_place_shown_is_taken_where_the_camera_gives_none() -> None:
    data = with_gps({0x13: "N", 0x14: (50.0, 30.0, 0.0), 0x15: "E", 0x16: (0.0, 30.0, 0.0)})
    assert data.position == Position(50.5, 0.5, "EXIF GPSDestLatitude")


@pytest.mark.parametrize("angle", ["51.5", "51,30N", "51,30,0n", "+51.5"])
def test_angles_of_xmp_are_read(angle: str) -> None:
    data = found(saved(Image.new("RGB", (8, 8)), xmp=PACKET.replace("50,51.24N", angle).encode()))
    assert data.position is not None
    assert data.position.latitude == pytest.approx(51.5)


def test_distance_is_that_of_the_haversine_formula() -> None:
    assert distance(Position(51.0, 0.0, ""), 51.0, 0.0) == 0
    assert distance(Position(0.0, 0.0, ""), 1.0, 0.0) == pytest.approx(111_195, abs=1)
    assert distance(Position(50.8517, 0.5730, ""), 50.8560, 0.5851) == pytest.approx(976, rel=0.01)
    assert distance(Position(0.0, 179.9, ""), 0.0, -179.9) == pytest.approx(22_239, abs=1)
    assert distance(Position(-90.0, 0.0, ""), 90.0, 12.0) == pytest.approx(20_015_114, abs=10)


def test_a_place_is_told_to_three_decimals_and_kept_out_of_the_repr() -> None:
    position = Position(50.85449, -0.00004, "EXIF GPSLatitude")
    assert position.told() == "50.854, 0.000"
    assert "50.8" not in repr(position)
    assert CAPTION not in repr(found(saved(Image.new("RGB", (8, 8)), comment=CAPTION.encode())))


def test_a_broken_packet_is_read_up_to_the_break() -> None:
    data = found(saved(Image.new("RGB", (8, 8)), xmp=PACKET.replace("</dc:creator>", "</dc:oops>").encode()))
    assert ("XMP dc:description", "Sports day & picnic") in data.texts
    assert data.unread == ("The XMP data are damaged; not all of them could be read.",)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_packet_in_another_encoding_is_read(encoding: str) -> None:
    content = with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PACKET.replace("Hastings", "Zoë").encode(encoding))
    assert ("XMP photoshop:City", "Zoë") in found(content).texts


def test_entities_in_a_packet_are_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{lol}]>' + PACKET.partition("?>\n")[2].replace("picnic", "&l9;")
    data = found(saved(Image.new("RGB", (8, 8)), xmp=bomb.encode()))
    assert data.texts == ()
    assert data.unread == ("The XMP data are built in a way that may do harm, and were not read to the end.",)


def test_a_huge_or_deep_packet_does_no_harm() -> None:
    def tiff(packet: bytes) -> HiddenData:
        return found(saved(Image.new("RGB", (8, 8)), "TIFF", tiffinfo={700: packet}))

    huge = PACKET.replace("Hastings", "H" * xmp.LARGEST).encode()
    assert tiff(huge).unread == ("The XMP data are larger than 2 MB, and were not read to the end.",)
    deep = b"<a>" * 100_000
    assert tiff(deep).unread == ("The XMP data are damaged; not all of them could be read.",)


def test_a_motion_photo_is_told() -> None:
    data = found(saved(scene()) + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42")
    assert data.unread == ("A short video is hidden in the picture file (a motion photo); it was not checked.",)


def test_a_file_that_is_no_picture_is_told_as_damaged() -> None:
    assert found(b"nothing").unread == ("Some of the hidden data are damaged and could not be read.",)


def test_a_thumbnail_of_the_uncropped_picture_is_noticed() -> None:
    whole = scene()
    data = with_thumbnail(whole.crop((0, 0, 400, 267)), whole.resize((160, 107)))
    assert data.thumbnail is not None
    assert (data.thumbnail.width, data.thumbnail.height) == (160, 107)
    assert np.abs(data.thumbnail.pixels.astype(int) - np.asarray(whole.resize((160, 107)))).mean() < 20


def test_a_thumbnail_without_what_covers_a_face_is_noticed() -> None:
    whole = scene()
    covered, blurred = whole.copy(), whole.copy()
    ImageDraw.Draw(covered).ellipse((200, 100, 240, 140), fill=(255, 220, 60))
    part = (200, 100, 300, 200)
    blurred.paste(whole.crop(part).filter(ImageFilter.GaussianBlur(16)), part)
    assert with_thumbnail(covered, whole.resize((160, 107))).thumbnail is not None
    assert with_thumbnail(blurred, whole.resize((160, 107))).thumbnail is not None


def barred(image: Image.Image) -> Image.Image:
    thumbnail = Image.new("RGB", (160, 120))
    thumbnail.paste(image.resize((160, 107)), (0, 6))
    return thumbnail


@pytest.mark.parametrize(
    "thumbnail",
    [
        scene().resize((160, 107)),
        scene().resize((160, 107), Image.Resampling.NEAREST),
        barred(scene()),
        scene().crop((80, 0, 400, 320)).resize((120, 120)),
        scene().resize((160, 107)).transpose(Image.Transpose.ROTATE_90),
        scene().resize((160, 107)).point(lambda value: value * 3 // 4),
    ],
    ids=["plain", "point sampled", "black bars", "middle", "unturned", "darker"],
)
def test_an_honest_thumbnail_is_not_noticed(thumbnail: Image.Image) -> None:
    assert with_thumbnail(scene(), thumbnail).thumbnail is None


def test_a_thumbnail_is_turned_upright() -> None:
    whole = scene()
    data = with_thumbnail(whole.crop((0, 0, 400, 267)), whole.resize((160, 107)), orientation=6)
    assert data.thumbnail is not None
    assert (data.thumbnail.width, data.thumbnail.height) == (107, 160)
    assert with_thumbnail(whole, whole.resize((160, 107)), orientation=6).thumbnail is None


def test_thumbnails_of_photoshop_and_xmp_are_compared_too() -> None:
    whole = scene()
    cropped, small = whole.crop((0, 0, 400, 267)), saved(whole.resize((160, 107)))
    photoshop = b"Photoshop 3.0\0" + resource(0x040C, b"\0" * 28 + small)
    inner = (
        '<xmp:Thumbnails xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:g="http://ns.adobe.com/xap/1.0/g/img/">'
        f"<g:image>{base64.b64encode(small).decode()}</g:image></xmp:Thumbnails><dc:subject>"
    )
    packet = b"http://ns.adobe.com/xap/1.0/\0" + PACKET.replace("<dc:subject>", inner).encode()
    for content in (with_segment(0xED, photoshop), with_segment(0xE1, packet)):
        assert read(picture(content, cropped)).thumbnail is not None
        assert read(picture(content, whole)).thumbnail is None


def test_a_damaged_or_huge_thumbnail_is_told() -> None:
    sentence = "The embedded thumbnail is damaged or too large, and was not compared with the picture."
    for small in (b"\xff\xd8nothing", saved(Image.new("L", (2_100, 2_000)), quality=1)):
        content = with_segment(0xED, b"Photoshop 3.0\0" + resource(0x040C, b"\0" * 28 + small))
        assert found(content).unread == (sentence,)


def test_300_mutated_files_do_no_harm() -> None:
    chance = random.Random(20_260)  # noqa: S311 - no secret
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", PACKET, zip=True)
    image = Image.new("RGB", (32, 24))
    records = b"Photoshop 3.0\0" + resource(0x0404, record(25, b"picnic") + record(120, b"words"))
    jpeg = saved(image, exif=exif_block(), xmp=PACKET.encode())
    sources = [
        jpeg[:2] + struct.pack(">BBH", 0xFF, 0xED, len(records) + 2) + records + jpeg[2:],
        saved(image, "PNG", exif=exif_block(), pnginfo=info),
        saved(image, "WEBP", exif=exif_block(), xmp=PACKET.encode()),
        saved(image, "TIFF", exif=exif_block().tobytes()),
        saved(image, "AVIF", exif=exif_block(), xmp=PACKET.encode()),
        exif_block().tobytes(),
    ]
    results = [found(mutated(sources[number % len(sources)], chance)) for number in range(300)]
    assert all(isinstance(data, HiddenData) for data in results)
    assert sum(bool(data.unread) for data in results) > 50
    assert sum(bool(data.texts) for data in results) > 100


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Overwrite up to a dozen bytes near the beginning, and cut off the end of one file in five."""
    data = bytearray(content)
    for _ in range(chance.randrange(1, 13)):
        data[chance.randrange(min(len(data), 1_500))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(data[: chance.randrange(len(data))] if chance.random() < 0.2 else data)
