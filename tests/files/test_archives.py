import gzip
import io
import stat
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections import deque
from pathlib import Path

import pytest

from tasmat_check.files import Archive, UnreadableError, open_archive, open_binary, tar_archive, zip_archive
from tasmat_check.files import members as members_module

from .archives import WRITERS, special, write_tar, write_zip

TEXT = "Chips by the sea, £3. 😀\n".encode()


def _content(archive: Archive, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read()


def _reasons(archive: Archive) -> dict[str, str]:
    return {gap.what.removeprefix(f"{archive.path}: "): gap.reason for gap in archive.refused}


@pytest.mark.parametrize("kind", WRITERS)
def test_members_are_read_in_place(tmp_path: Path, kind: str) -> None:
    contents = {"a.txt": TEXT, "deep/er/b.txt": TEXT * 20_000, "empty.txt": b"", "zeros.bin": bytes(100_000)}
    archive = open_archive(WRITERS[kind](tmp_path, contents))
    assert archive.names == tuple(contents)
    assert {name: _content(archive, name) for name in archive.names} == contents
    assert archive.refused == ()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.txt", "has a name that leads out of the archive"),
        ("x/../../a.txt", "has a name that leads out of the archive"),
        ("x\\..\\a.txt", "has a name that leads out of the archive"),
        ("/etc/passwd", "has a name that leads out of the archive"),
        ("\\\\server\\a.txt", "has a name that leads out of the archive"),
        ("C:\\a.txt", "has a name that leads out of the archive"),
        ("c:a.txt", "has a name that leads out of the archive"),
        ("..", "has a name that leads out of the archive"),
        (".", "has no name"),
        ("x/b.zip", "is an archive inside an archive, which is not opened; unpack it first"),
        ("B.TGZ", "is an archive inside an archive, which is not opened; unpack it first"),
        ("b.json.gz", "is an archive inside an archive, which is not opened; unpack it first"),
        ("good.txt", "has the same name as a file before it"),
        ("./good.txt", "has the same name as a file before it"),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_refused(tmp_path: Path, kind: str, name: str, reason: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for member in ("good.txt", name):
                archive.writestr(member, b"x")
    else:
        with tarfile.open(path, "w:gz") as archive:
            for member in ("good.txt", name):
                archive.addfile(tarfile.TarInfo(member))
    opened = open_archive(str(path))
    assert opened.names == ("good.txt",)
    assert list(_reasons(opened).values()) == [reason]


def test_a_zero_byte_in_a_name_hides_nothing(tmp_path: Path) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.filename = "a.txt\0../b"

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": b"x"}, forge))
    assert _reasons(archive) == {"a.txt\0../b": "has a name that leads out of the archive"}


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_differ_by_case_or_accents_are_different_files(tmp_path: Path, kind: str) -> None:
    contents = {"Caf\u00e9.txt": b"1", "Cafe\u0301.txt": b"2", "caf\u00e9.TXT": b"3"}
    archive = open_archive(WRITERS[kind](tmp_path, contents))
    assert {name: _content(archive, name) for name in archive.names} == contents


def test_backslashes_of_windows_part_folders(tmp_path: Path) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.filename = member.filename.replace("/", "\\")

    archive = open_archive(write_zip(tmp_path / "a.zip", {"posts/": b"", "posts/a.txt": b"x"}, forge))
    assert (archive.names, archive.refused) == (("posts/a.txt",), ())
    assert _content(archive, "posts/a.txt") == b"x"


@pytest.mark.parametrize(
    ("raw", "flag", "name"),
    [("é.txt".encode(), 0x800, "é.txt"), ("é.txt".encode("cp437"), 0, "é.txt"), ("é.txt".encode(), 0, "é.txt")],
)
def test_names_in_any_encoding(tmp_path: Path, raw: bytes, flag: int, name: str) -> None:
    path = Path(write_zip(tmp_path / "a.zip", {"x" * len(raw): b"x"}))
    data = bytearray(path.read_bytes().replace(b"x" * len(raw), raw))
    listed = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, listed + 8, flag)
    path.write_bytes(data)
    archive = open_archive(str(path))
    assert archive.names == (name,)
    assert _content(archive, name) == b"x"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "is a link, which is not followed"),
        (tarfile.LNKTYPE, "is a link, which is not followed"),
        (tarfile.CHRTYPE, "is not a file"),
        (tarfile.BLKTYPE, "is not a file"),
        (tarfile.FIFOTYPE, "is not a file"),
        (b"?", "is not a file"),
    ],
)
def test_what_is_no_file_in_a_tar(tmp_path: Path, kind: bytes, reason: str) -> None:
    archive = open_archive(write_tar(tmp_path / "a.tar", {"a.txt": TEXT}, special("b", kind, "/etc/passwd")))
    assert (archive.names, _reasons(archive)) == (("a.txt",), {"b": reason})


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_what_is_no_file_in_a_zip(tmp_path: Path, mode: int) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.external_attr = (mode | 0o644) << 16

    archive = open_archive(write_zip(tmp_path / "a.zip", {"b": b"/etc/passwd"}, forge))
    reason = "is a link, which is not followed" if mode == stat.S_IFLNK else "is not a file"
    assert (archive.names, _reasons(archive)) == ((), {"b": reason})


def test_locked_members(tmp_path: Path) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.flag_bits |= 1

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": TEXT}, forge))
    assert _reasons(archive) == {"a.txt": "is locked with a password"}


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 93])
def test_rare_packings(tmp_path: Path, packing: int) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.compress_type = packing

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": TEXT}, forge))
    assert "packed in a way that is not read" in _reasons(archive)["a.txt"]


def test_a_member_that_grows_too_far(tmp_path: Path) -> None:
    contents = {"bomb.txt": bytes(11_000_000), "small.txt": bytes(1_000_000)}
    archive = open_archive(write_zip(tmp_path / "a.zip", contents))
    assert (archive.names, _reasons(archive)) == (
        ("small.txt",),
        {"bomb.txt": "would unpack to far more than it holds"},
    )


def test_an_archive_that_grows_too_far_by_many_small_steps(tmp_path: Path) -> None:
    archive = open_archive(write_zip(tmp_path / "a.zip", {f"{n}.txt": bytes(9_900_000) for n in range(13)}))
    assert len(archive.names) == 10
    assert set(_reasons(archive).values()) == {"would unpack to far more than it holds"}


@pytest.mark.parametrize("shift", [0, 40])
def test_members_that_share_bytes(tmp_path: Path, shift: int) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.header_offset = shift if member.header_offset else 0

    contents = {name: bytes(range(256)) for name in ("a.txt", "b.txt", "c.txt")}
    archive = open_archive(write_zip(tmp_path / "a.zip", contents, forge))
    assert archive.names == ("a.txt",)
    assert set(_reasons(archive).values()) == {"shares its bytes with another file of the archive"}


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("change", [-5, 5])
def test_a_length_that_lies(tmp_path: Path, packing: int, change: int) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.file_size += change
        if packing == zipfile.ZIP_STORED:
            member.compress_size += change

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT}, forge, packing))
    with archive.open("a.txt") as stream, pytest.raises(OSError, match="the archive is damaged here"):
        stream.read()


def test_no_more_is_unpacked_than_the_list_says(tmp_path: Path) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.file_size = 10

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": bytes(50_000_000)}, forge))
    tracemalloc.start()
    with archive.open("a.txt") as stream, pytest.raises(OSError, match="damaged"):
        stream.read()
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_wrong_checksum_breaks_after_the_last_byte(tmp_path: Path, packing: int) -> None:
    def forge(member: zipfile.ZipInfo) -> None:
        member.CRC ^= 1

    archive = open_archive(write_zip(tmp_path / "a.zip", {"a.txt": TEXT}, forge, packing))
    with archive.open("a.txt") as stream:
        assert stream.read(len(TEXT)) == TEXT
        with pytest.raises(OSError, match="damaged"):
            stream.read(1)


def test_damaged_deflated_bytes(tmp_path: Path) -> None:
    path = Path(write_zip(tmp_path / "a.zip", {"a.txt": zlib.compress(bytes(range(256)) * 40)}))
    data = bytearray(path.read_bytes())
    data[40:60] = b"\xff" * 20
    path.write_bytes(data)
    with pytest.raises(OSError, match="damaged"):
        _content(open_archive(str(path)), "a.txt")


def test_bytes_before_the_zip(tmp_path: Path) -> None:
    path = Path(write_zip(tmp_path / "a.zip", {"a.txt": TEXT}))
    path.write_bytes(b"MZ a program that unpacks itself" * 50 + path.read_bytes())
    assert _content(open_archive(str(path)), "a.txt") == TEXT


def test_zip64(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as out,
    ):
        out.write(TEXT)
    assert _content(open_archive(str(path)), "a.txt") == TEXT


def test_a_tar_that_ends_in_a_zip_is_a_tar(tmp_path: Path) -> None:
    inner = Path(write_zip(tmp_path / "inner.zip", {"a.txt": TEXT})).read_bytes()
    assert open_archive(write_tar(tmp_path / "a.tar", {"x.bin": inner})).names == ("x.bin",)


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar"])
def test_kinds_are_told_by_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    Path(write_tar(tmp_path / name, {"a.txt": TEXT})).rename(path)
    assert open_archive(str(path)).names == ("a.txt",)


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_in_a_tar(tmp_path: Path, form: int) -> None:
    name = "/".join(["Straße und Café"] * 30) + "/a.txt"
    archive = open_archive(write_tar(tmp_path / "a.tar", {name: TEXT, "b.txt": b"b"}, form=form))
    assert archive.names == (name, "b.txt")
    assert (_content(archive, name), _content(archive, "b.txt")) == (TEXT, b"b")


def _extended(records: bytes, kind: bytes = tarfile.XHDTYPE, claimed: int | None = None) -> bytes:
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, len(records) if claimed is None else claimed
    return header.tobuf(tarfile.GNU_FORMAT) + records + bytes(-len(records) % 512)


def _tar_with(start: bytes, name: str = "a.txt", content: bytes = TEXT) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return start + data.getvalue()


@pytest.mark.parametrize(
    ("start", "names", "reason"),
    [
        (_extended(b"12 path=b.t\n"), ("b.t",), ""),
        (_extended(b"25 path=../../etc/passwd\n"), (), "has a name that leads out of the archive"),
        (_extended(b"22 GNU.sparse.major=1\n"), (), "is stored with gaps, which is not read"),
        (_extended(b"99 path=b.t\n"), (), "is damaged or cut off"),
        (_extended(b"1 p=b\n"), (), "is damaged or cut off"),
        (_extended(b"9" * 5_000 + b" path=b\n"), (), "is damaged or cut off"),
        (_extended(b"path=b\n"), (), "is damaged or cut off"),
        (_extended(b"12 path=b.t\n", claimed=100_000_000_000), (), "is damaged or cut off"),
        (_extended(b"x", tarfile.GNUTYPE_LONGNAME, 100_000_000_000), (), "is damaged or cut off"),
        (_extended(b"30 mtime=9999999999.9999999999\n", tarfile.XGLTYPE), ("a.txt",), ""),
    ],
)
def test_extended_headers(tmp_path: Path, start: bytes, names: tuple[str, ...], reason: str) -> None:
    (tmp_path / "a.tar").write_bytes(_tar_with(start))
    archive = open_archive(str(tmp_path / "a.tar"))
    assert archive.names == names
    assert [gap.reason.startswith(reason) for gap in archive.refused] == [True] * bool(reason)


def test_a_link_has_no_content_whatever_length_it_claims(tmp_path: Path) -> None:
    link = special("b", tarfile.LNKTYPE, "a.txt")
    link.size = 700
    (tmp_path / "a.tar").write_bytes(_tar_with(link.tobuf()))
    assert open_archive(str(tmp_path / "a.tar")).names == ("a.txt",)


def test_a_length_below_zero_ends_the_list(tmp_path: Path) -> None:
    data = bytearray(_tar_with(b""))
    data[124:136] = b"\xff" * 12
    data[148:156] = b"%06o\0 " % (sum(data[:148]) + sum(data[156:512]) + 8 * 32)
    (tmp_path / "a.tar").write_bytes(data)
    archive = open_archive(str(tmp_path / "a.tar"))
    assert archive.names == ()
    assert [gap.reason for gap in archive.refused] == [
        "is damaged or cut off; download it again (only the first 0 files were looked at)"
    ]


def test_a_sparse_file_is_refused_and_the_list_goes_on(tmp_path: Path) -> None:
    header = tarfile.TarInfo("gaps.txt")
    header.type, header.size = tarfile.GNUTYPE_SPARSE, 512
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT))
    block[386:410] = b"%011o\0%011o\0" % (0, 512)
    block[482] = 1
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + sum(block[156:512]) + 8 * 32)
    (tmp_path / "a.tar").write_bytes(_tar_with(bytes(block) + bytes(512) + b"x" * 512))
    archive = open_archive(str(tmp_path / "a.tar"))
    assert archive.names == ("a.txt",)
    assert _content(archive, "a.txt") == TEXT
    assert _reasons(archive) == {"gaps.txt": "is stored with gaps, which is not read"}


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_a_tar_that_is_cut_off_gives_what_came_before(tmp_path: Path, name: str) -> None:
    path = Path(write_tar(tmp_path / name, {f"{n}.txt": zlib.compress(bytes([n])) * 3_000 for n in range(9)}))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    archive = open_archive(str(path))
    assert 2 < len(archive.names) < 7
    assert _content(archive, "1.txt") == zlib.compress(b"\1") * 3_000
    with pytest.raises(OSError, match="damaged"):
        _content(archive, archive.names[-1])
    (gap,) = archive.refused
    assert gap.reason.startswith("is damaged or cut off; download it again (only the first ")


@pytest.mark.parametrize("after", [b"garbage", bytes(1_000), b"\x1f"])
def test_bytes_after_the_end_of_a_gzip_file(tmp_path: Path, after: bytes) -> None:
    path = Path(write_tar(tmp_path / "a.tar.gz", {"a.txt": TEXT}))
    path.write_bytes(path.read_bytes() + after)
    archive = open_archive(str(path))
    assert (_content(archive, "a.txt"), archive.refused) == (TEXT, ())


def test_a_gzip_file_of_several_parts(tmp_path: Path) -> None:
    path = Path(write_tar(tmp_path / "a.tar", {"a.txt": TEXT * 1_000, "b.txt": b"b"}))
    data = path.read_bytes()
    (tmp_path / "b.tar.gz").write_bytes(b"".join(gzip.compress(data[n : n + 700]) for n in range(0, len(data), 700)))
    archive = open_archive(str(tmp_path / "b.tar.gz"))
    assert (_content(archive, "a.txt"), _content(archive, "b.txt")) == (TEXT * 1_000, b"b")


def test_a_packed_tar_that_unpacks_without_end(tmp_path: Path) -> None:
    header = tarfile.TarInfo("zeros.txt")
    header.size = 100_000_000_000
    start = gzip.compress(_tar_with(b"")[:1024] + header.tobuf())
    (tmp_path / "a.tgz").write_bytes(start + gzip.compress(bytes(10_000_000)) * 10_000)
    archive = open_archive(str(tmp_path / "a.tgz"))
    assert archive.names == ("a.txt", "zeros.txt")
    assert [gap.reason for gap in archive.refused] == [
        "would unpack to far more than it holds (only the first 2 files were looked at)"
    ]
    with archive.open("zeros.txt") as stream, pytest.raises(UnreadableError, match="far more"):
        deque(iter(lambda: stream.read(1_000_000), b""), maxlen=0)


def test_reading_in_any_order_in_a_packed_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasmat_check.files.inflating._MOST_POINTS", 8)
    monkeypatch.setattr("tasmat_check.files.inflating._FIRST_SPACING", 4_096)
    contents = {f"{n}.bin": b"".join(zlib.compress(bytes([n, k % 256])) for k in range(900)) for n in range(40)}
    archive = open_archive(write_tar(tmp_path / "a.tar.gz", contents))
    assert isinstance(archive, tar_archive.TarArchive)
    assert archive._points
    assert 2 < len(archive._points._points) <= 8
    for name in reversed(archive.names):
        assert _content(archive, name) == contents[name]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(zip_archive, "MOST_MEMBERS", 20)
    monkeypatch.setattr(tar_archive, "MOST_MEMBERS", 20)
    path = WRITERS[kind](tmp_path, {f"{n}.txt": b"" for n in range(21)})
    if kind == "zip":
        with pytest.raises(UnreadableError, match="holds more than 20 files; unpack it and give the folder"):
            open_archive(path)
        return
    archive = open_archive(path)
    assert len(archive.names) == 20
    assert [gap.reason for gap in archive.refused] == [
        "holds more than 20 files (only the first 20 files were looked at)"
    ]


def test_a_list_that_is_said_to_be_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "_LARGEST_LIST", 1_000_000)
    path = Path(write_zip(tmp_path / "a.zip", {"a.txt": b"x" * 10}))
    data = bytearray(b"x" * 2_000_000 + path.read_bytes())
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, 1_500_000)
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="too long a list"):
        open_archive(str(path))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x05\x06", b"\x1f\x8b", gzip.compress(b"a text"), gzip.compress(bytes(100)), b"7z\xbc\xaf", bytes(511)],
)
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(UnreadableError, match=r"is neither a zip nor a tar archive|is damaged or cut off"):
        open_archive(str(tmp_path / "a.zip"))


@pytest.mark.parametrize("kind", WRITERS)
def test_an_empty_archive(tmp_path: Path, kind: str) -> None:
    archive = open_archive(WRITERS[kind](tmp_path, {}))
    assert (archive.names, archive.refused) == ((), ())


def test_a_member_that_is_not_there(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": b"x"})
    with pytest.raises(UnreadableError, match="no such file"):
        open_binary(f"{path}/b.txt")


def test_limits_leave_real_exports_alone() -> None:
    assert members_module.MOST_MEMBERS >= 200_000
    assert members_module.LARGEST_RATIO >= members_module.LARGEST_TOTAL_RATIO >= 100
