"""The parts of an Excel workbook that are the same in each (ECMA-376, part 1: chapter 18 and annex F)."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SHEET_HEAD = f'{_HEAD}<worksheet xmlns="{_MAIN}">'

_NORMAL = '<sz val="11"/><name val="Calibri"/>'
_BOLD = f"<b/>{_NORMAL}"
_BOLD_WHITE = '<b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/>'
_FONTS = (_NORMAL, _BOLD, _BOLD_WHITE)
_FILLS = (
    '<patternFill patternType="none"/>',  # the first two are Excel's own and cannot be others
    '<patternFill patternType="gray125"/>',
    *(
        f'<patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill>'
        for colour in ("FF1F3864", "FFC00000", "FFFFE699", "FFE2EFDA", "FF7030A0")
    ),
)
_FORMS = ((0, 0), (1, 0), (2, 2), (2, 3), (0, 4), (0, 5), (2, 6))
"""The font and the fill of each Style, in its order."""


def content_types(sheets: int) -> str:
    """Tell what each part of the zip is."""
    names = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    names += ((f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1))
    parts = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in names)
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    usual += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{usual}{parts}</Types>'


def relationships(targets: Sequence[tuple[str, str]]) -> str:
    """Point to other parts, each given as its kind and its path; the first is known as rId1."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def workbook(names: Sequence[str]) -> str:
    """List the sheets; the relationship of the first is rId1."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def styles() -> str:
    """Lay down how the cells of each style look."""
    fonts = "".join(f"<font>{font}</font>" for font in _FONTS)
    fills = "".join(f"<fill>{fill}</fill>" for fill in _FILLS)
    forms = "".join(_form(font, fill) for font, fill in _FORMS)
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        f'<fonts count="{len(_FONTS)}">{fonts}</fonts>'
        f'<fills count="{len(_FILLS)}">{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMS)}">{forms}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _form(font: int, fill: int) -> str:
    # quotePrefix keeps a text a text when somebody edits the cell, as a leading apostrophe does.
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="1"'
        ' applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    )
