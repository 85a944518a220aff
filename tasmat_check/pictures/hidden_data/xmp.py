"""Reads XMP packets (ISO 16684-1) as they stream by: no tree is built, so that no depth or size can harm.

A packet that declares a document type or entities is refused by defusedxml.
"""

import base64
import binascii
import re
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from tasmat_check.pictures.hidden_data.decoding import decode
from tasmat_check.pictures.hidden_data.fields import LONGEST_TEXT, Fields, Kind
from tasmat_check.pictures.hidden_data.places import position_of, xmp_angle

LARGEST = 2_000_000
"""Most bytes of XMP that are read of one picture (1.2 s at worst). JPEG gives a packet 65,502;
larger ones hold thumbnails or editing history."""

_STRUCTURE = ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{adobe:ns:meta/}")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Properties by the name they have in any schema: Dublin Core, Photoshop, IPTC Core and Extension, EXIF, TIFF, PLUS,
# Lightroom, digiKam, ACDSee, Microsoft Photo. The parts of a property that are not named here share its fate.
_TEXTS = """title description subject Headline City State Country CountryName ProvinceState Sublocation Location
LocationName LocationShown LocationCreated Event EventName OrganisationInImageName hierarchicalSubject Instructions
SupplementalCategories CreatorContactInfo UserComment ImageDescription AltTextAccessibility ExtDescrAccessibility
TagsList LastKeywordXMP LastKeywordIPTC CatalogSets caption notes keywords Keywords Nickname LayerName LayerText
TransmissionReference AuthorsPosition Comment comment AOTitle PersonDescription DocumentName ImageTitle"""
_CREATORS = """creator contributor Artist author Author CaptionWriter OwnerName CameraOwnerName Photographer
ImageCreator ImageEditor AOCreator"""
_SHOWN = "PersonInImage PersonName PersonDisplayName Personality People"
_RIGHTS = """rights Copyright CopyrightOwner CopyrightNotice UsageTerms Owner WebStatement Credit Source Licensor
attributionName license publisher AOCopyrightNotice"""
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_TEXTS.split(), "text"),
    **dict.fromkeys(_CREATORS.split(), "author"),
    **dict.fromkeys(_SHOWN.split(), "shown"),
    **dict.fromkeys(_RIGHTS.split(), "copyright"),
    "Make": "make",
    "Model": "model",
    "HostComputer": "computer",
    "SerialNumber": "serial",
    "BodySerialNumber": "serial",
}
# Regions of faces: those of the Metadata Working Group have a Name, Microsoft's a PersonDisplayName.
_GROUPS = {"Regions", "RegionInfo", "PersonInImageWDetails", "Thumbnails", "GPSLatitude", "GPSLongitude"}


class _Property(NamedTuple):
    """What the innermost property around a text is: its local name, the name to show, and its kind."""

    local: str = ""
    name: str = ""
    kind: Kind | None = None


def read(packets: list[bytes], fields: Fields) -> list[bytes]:
    """Put the fields of packets into `fields`; returns the thumbnails (JPEG files) that they hold."""
    thumbnails = []
    left = LARGEST
    for packet in packets:
        left -= len(packet)
        if left < 0:
            fields.note(f"The XMP data are larger than {LARGEST // 1_000_000} MB, and were not read to the end.")
            break
        thumbnails += _read_packet(packet, fields)
    return thumbnails


def _read_packet(packet: bytes, fields: Fields) -> list[bytes]:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    text = _NO_XML.sub(" ", decode(packet))
    text = text[: text.rfind(">") + 1].lstrip()
    reader = _Reader(fields)
    parser = XMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except ParseError:
        fields.note("The XMP data are damaged; not all of them could be read.")
    except (DefusedXmlException, ValueError):
        fields.note("The XMP data are built in a way that may do harm, and were not read to the end.")
    reader.keep_position()
    return reader.thumbnails


class _Reader:
    """Follows the elements of a packet as the parser meets them."""

    def __init__(self, fields: Fields) -> None:
        self.thumbnails: list[bytes] = []
        self._fields = fields
        self._prefixes: dict[str, str] = {}
        self._properties = [_Property()]
        self._texts: list[list[str]] = [[]]
        self._angles: dict[str, str] = {}

    def start_ns(self, prefix: str, uri: str) -> None:
        """Learn what the packet calls a schema."""
        self._prefixes.setdefault(uri, prefix)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element; its attributes are properties, too."""
        self._properties.append(self._property(tag))
        self._texts.append([])
        for name, value in attributes.items():
            if not name.startswith((*_STRUCTURE, _LANGUAGE)):
                self._take(self._property(name), value)

    def data(self, text: str) -> None:
        """Gather the text of the element."""
        self._texts[-1].append(text)

    def end(self, _tag: str) -> None:
        """Leave an element, whose text is now known."""
        self._take(self._properties.pop(), "".join(self._texts.pop()))

    def close(self) -> None:
        """Nothing is left to do at the end."""

    def keep_position(self) -> None:
        """Put the position that the packet gave, if any, into the fields."""
        if len(self._angles) == 2:
            latitude, longitude = (xmp_angle(self._angles[name]) for name in ("GPSLatitude", "GPSLongitude"))
            self._fields.place(position_of(latitude, longitude, "XMP exif:GPSLatitude"), "XMP exif:GPSLatitude")

    def _property(self, tag: str) -> _Property:
        around = self._properties[-1]
        if tag.startswith(_STRUCTURE):
            return around
        namespace, _, local = tag.rpartition("}")
        name = f"XMP {self._prefixes.get(namespace[1:], '')[:40]}:{local[:80]}".replace(" :", " ")
        if local in _SHOWN.split() or (local == "Name" and around.local == "Regions"):
            return _Property(local, "XMP person shown", "shown")
        if local in _KINDS:
            return _Property(local, name, _KINDS[local])
        return _Property(local, name) if local in _GROUPS else around

    def _take(self, found: _Property, text: str) -> None:
        if not text or text.isspace():
            return
        if found.kind:
            self._fields.add(found.kind, found.name, text)
        elif found.local.startswith("GPS"):
            self._angles.setdefault(found.local, text[:100])
        elif found.local == "Thumbnails" and len(text) > LONGEST_TEXT // 100:
            self._keep_thumbnail(text)

    def _keep_thumbnail(self, text: str) -> None:
        try:
            self.thumbnails.append(base64.b64decode(text))
        except binascii.Error:
            self._fields.note("A thumbnail in the XMP data is damaged, and was not compared with the picture.")
