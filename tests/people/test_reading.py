import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasmat_check.errors import PeopleError
from tasmat_check.models import Person
from tasmat_check.people import PeopleList, describe, read_people

ZOFIA = Person("Zofia", "Kowalczyk", "Zosia", "7", "7B", "pupil")

LAYOUTS = {
    "plain": "forename,surname,preferred_name,year,form,role\nZofia,Kowalczyk,Zosia,7,7B,pupil\n",
    "sims": (
        "Legal Surname,Legal Forename,Chosen Name,Year Group,Reg Group,UPN\nKowalczyk,Zofia,Zosia,Year  7,7B,X000\n"
    ),
    "arbor": (
        '"Student: First name","Student: Last name","Student: Preferred first name","Year group","Registration form"\n'
        '"Zofia","Kowalczyk","Zosia","Year 7","7B"\n'
    ),
    "bromcom": (
        "Pref. First Name,First Name,Middle Name(s),Last Name,NC Year,Tutor Group\nZosia,Zofia,Anna,Kowalczyk,07,7B\n"
    ),
    "other words": "FAMILY NAME;Given Name;Known As;Yr;Class;Type\nKowalczyk;Zofia;Zosia;Y7;7B;Student\n",
    "tabs": "Surname\tForename\tPreferred Forename\tYear\tReg\nKowalczyk\tZofia\tZosia\t7\t7B\n",
    "titles above": "Torwood School,,,,\n,,,,\nClass list,,,,\nSurname,Forename,Known as,Year,Form\n"
    "Kowalczyk,Zofia,Zosia,7,7B\n",
    "one column, comma": 'Student name,Known as,Year,Form\n"Kowalczyk, Zofia",Zosia,7,7B\n',
    "one column, brackets": "Name,Year,Form\nZofia (Zosia) Kowalczyk,7,7B\n",
    "one column, capitals": "Full Name,Preferred,Year,Form\nKOWALCZYK Zofia,Zosia,7,7B\n",
    "preferred in forename": "Legal Forename,Forename,Surname,Year,Form\nZofia,Zosia,Kowalczyk,7,7B\n",
    "separator line": "sep=;\nForename;Surname;Preferred;Year;Form\nZofia;Kowalczyk;Zosia;7;7B\n",
    "headings again": "Forename,Surname,Preferred,Year,Form\nZofia,Kowalczyk,Zosia,7,7B\n"
    "Forename,Surname,Preferred,Year,Form\n",
}


def write(folder: Path, content: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("content", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layout_is_understood(tmp_path: Path, content: str) -> None:
    person = read_people(write(tmp_path, content)).people[0]
    assert (person.forename, person.surname.title(), person.preferred) == ("Zofia", "Kowalczyk", "Zosia")
    assert (person.year, person.group, person.role) == ("7", "7B", "pupil")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    people = read_people(write(tmp_path, "Forename,Surname\r\nZoë,O’Dowd\r\n", encoding)).people
    assert people == (Person("Zoë", "O’Dowd", role="pupil"),)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Student", "pupil"),
        ("PUPIL", "pupil"),
        ("Teacher of Maths", "staff"),
        ("TA", "staff"),
        ("LSA - Level 2", "staff"),
        ("Student teacher", "staff"),
        ("Falconer", "staff"),
        ("Parent Governor", "governor"),
        ("Trustee", "trustee"),
        ("Mother", "parent"),
    ],
)
def test_role_is_normalised(tmp_path: Path, title: str, role: str) -> None:
    path = write(tmp_path, f"Forename,Surname,Job Title\nPetra,Quill,{title}\n")
    assert read_people(path).people[0].role == role


@pytest.mark.parametrize(
    ("name", "content", "role"),
    [
        ("a.csv", "Forename,Surname\nPetra,Quill\n", "pupil"),
        ("staff_list.csv", "Forename,Surname\nPetra,Quill\n", "staff"),
        ("a.csv", "Governors 2026\nForename,Surname\nPetra,Quill\n", "governor"),
        ("a.csv", "Staff Code,Forename,Surname\nPQ,Petra,Quill\n", "staff"),
        ("staff.csv", "Forename,Surname,Year\nPetra,Quill,3\n", "pupil"),
    ],
)
def test_role_without_a_column_comes_from_the_shape(tmp_path: Path, name: str, content: str, role: str) -> None:
    assert read_people(write(tmp_path, content, name=name)).people[0].role == role


@pytest.mark.parametrize(
    ("whole", "forename", "surname"),
    [
        ("Anna van der Berg", "Anna", "van der Berg"),
        ("Mr Tom Lark", "Tom", "Lark"),
        ("Mrs Lark", "", "Lark"),
        ("Lark, Mr Tom", "Tom", "Lark"),
        ("Mei Lin Cheung", "Mei Lin", "Cheung"),
        ("Plum", "Plum", ""),
    ],
)
def test_whole_name_is_split(tmp_path: Path, whole: str, forename: str, surname: str) -> None:
    person = read_people(write(tmp_path, f'Name\n"{whole}"\n')).people[0]
    assert (person.forename, person.surname) == (forename, surname)


@pytest.mark.parametrize(("cell", "year"), [("Reception", "R"), ("Yr 11", "11"), ("N", "N"), ("Y R", "Y R"), ("", "")])
def test_year_is_shortened(tmp_path: Path, cell: str, year: str) -> None:
    assert read_people(write(tmp_path, f"Forename,Surname,Year\nPetra,Quill,{cell}\n")).people[0].year == year


MISTAKES = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n , \n", "the file is empty"),
    "no names": (b"Year,Reg Group,UPN\n7,7B,X1\n", "columns seen: Year, Reg Group, UPN"),
    "no headings": (b"Zofia,Kowalczyk,7\nKieran,Maddocks,8\n", "no heading line"),
    "headings only": (b"Forename,Surname\n", "there are headings but no people"),
    "no usable row": (b"Forename,Surname,Year\n,,7\n", "no row has a usable name"),
    "excel": (b"PK\x03\x04\x14\x00", "save it as CSV"),
    "binary": (b"a,b\x81\x00\x01\n", "not a text file"),
    "huge cell": (b'Forename,Surname\n"' + b"x" * 200_000 + b'",y\n', "not a CSV file"),
    "large cell": (b'Forename,Surname\n"' + b"x" * 10_001 + b'",y\n', "not a CSV file"),
}


@pytest.mark.parametrize(("content", "what"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_told_in_one_line_without_names(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(PeopleError) as caught:
        read_people(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert what in message
    assert "\n" not in message
    assert "Kowalczyk" not in message
    assert caught.value.__cause__ is None


def test_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match=r"absent\.csv: "):
        read_people(tmp_path / "absent.csv")
    with pytest.raises(PeopleError):
        read_people(tmp_path)


@pytest.fixture
def mixed(tmp_path: Path) -> PeopleList:
    rows = [
        "Forename,Surname,Year,House",
        "Grace,Pike,3,Oak",
        ",,4,",
        "Zofia,Kowalczyk,7,",
        "Total 30,pupils,,",
        "zofia,KOWALCZYK,7,",
        "Zofia,Kowalczyk,9,",
    ]
    return read_people(write(tmp_path, "\n".join(rows) + "\n"))


def test_rows_left_out_are_counted_with_reason(mixed: PeopleList) -> None:
    assert [(omission.line, omission.reason) for omission in mixed.omitted] == [
        (3, "has no usable name"),
        (5, "has digits where a name should be"),
    ]
    assert mixed.repeated == (6,)
    assert mixed.namesakes == 1


def test_description_names_only_names_that_are_words(mixed: PeopleList) -> None:
    told = "\n".join(describe(mixed, {"grace"}))
    assert "3 people (3 pupils)" in told
    assert "forename from “Forename”" in told
    assert "not needed: “House”" in told
    assert "line 3: has no usable name" in told
    assert "line 6" in told
    assert "Grace" in told
    assert "Kowalczyk" not in told


def test_repr_shows_nobody(mixed: PeopleList) -> None:
    assert "Kowalczyk" not in repr(mixed)


def test_line_numbers_count_lines_inside_quotes(tmp_path: Path) -> None:
    people = read_people(write(tmp_path, 'Forename,Surname,Note\nPetra,Quill,"two\nlines"\n,,x\n'))
    assert people.omitted[0].line == 4


def test_bom_does_not_hide_the_first_heading(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"Name\nPetra Quill\n")
    assert read_people(path).people[0].surname == "Quill"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=60), st.binary(max_size=60).map(lambda data: b"Name,Year,Role\n" + data)))
def test_any_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    try:
        people = read_people(path)
    except PeopleError:
        return
    assert people.people
    assert list(describe(people))
