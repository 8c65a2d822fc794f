"""Lists of learners as files: encodings, separators, names of columns, bad rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from learners.rosters.columns import ColumnTwice, NoAddressColumn, read_heading
from learners.rosters.export import csv_text, safe_cell, template_csv, template_xlsx
from learners.rosters.rows import RosterRow, language_tag, read_rows
from learners.rosters.table import (
    FileTooLarge,
    NotAList,
    NothingInIt,
    OldExcel,
    TooManyRows,
    read_table,
)

TEXT = "email,name,class\nana@example.org,Ana Núñez,8b\nbo@example.org,Bö,\n"
ROWS = [
    (1, ("email", "name", "class")),
    (2, ("ana@example.org", "Ana Núñez", "8b")),
    (3, ("bo@example.org", "Bö")),
]


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(text: str) -> list[RosterRow]:
    (_line, cells), *lines = read_table(text.encode())
    return read_rows(read_heading(cells), lines)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        b"\xef\xbb\xbfsep=;\r\n" + TEXT.replace(",", ";").encode(),
        workbook(*(row for _line, row in ROWS)),
    ],
)
def test_every_way_in_which_excel_writes_a_list_is_read(content: bytes) -> None:
    rows = read_table(content)
    assert [row for _line, row in rows] == [row for _line, row in ROWS]


def test_lines_are_those_of_the_file_though_empty_ones_are_left_out() -> None:
    rows = read_table(b"email,name\n\n , \nana@example.org\n")
    assert [line for line, _row in rows] == [1, 4]
    quoted = read_table(b'email;name\nana@example.org;"Silva; Ana\nMaria"\n')
    assert quoted[1][1] == ("ana@example.org", "Silva; Ana\nMaria")


def test_cells_of_excel_come_as_people_see_them() -> None:
    (_line, row) = read_table(workbook(["email"], [2041.0, True, None, 1.5, "=1+1"]))[1]
    assert row == ("2041", "yes", "", "1.5", "=1+1")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", NothingInIt),
        (b"\n \n", NothingInIt),
        (b"\xd0\xcf\x11\xe0 old", OldExcel),
        (b"PK\x03\x04 damaged", NotAList),
        (b"\x89PNG\r\n\x1a\n" + bytes(40) + b"a" * 200, NotAList),
        (b"email\n" + b"\x81\x8d", NotAList),
        (b"a" * 5_000_001, FileTooLarge),
        (b"email\n" + b"a@b.org\n" * 100_000, TooManyRows),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_words(
    content: bytes, problem: type[Exception]
) -> None:
    with pytest.raises(problem) as raised:
        read_table(content)
    assert str(raised.value)


def test_a_small_archive_that_grows_is_refused() -> None:
    content = bomb()
    assert len(content) < 1_000_000
    with pytest.raises(FileTooLarge):
        read_table(content)


def test_ten_thousand_rows_are_read() -> None:
    assert len(read_table(b"email\n" + b"a@b.org\n" * 10_000)) == 10_001


@pytest.mark.parametrize(
    "names",
    [
        ("email", "name", "class", "level"),
        ("E-Mail Address", "Full name", "Class name", "CEFR level"),
        ("Correo electrónico", "Nombre", "Clase", "Nivel"),
        ("E-Mail-Adresse", "Name", "Klasse", "Niveau"),
        ("Courriel", "NOM", "Classe", "niveau"),
        ("メールアドレス", "氏名", "クラス", "レベル"),
        ("邮箱", "姓名", "班级", "级别"),
    ],
)
def test_columns_have_many_names(names: tuple[str, ...]) -> None:
    heading = read_heading((*names, "Shoe size"))
    assert heading.places == {"email": 0, "name": 1, "class": 2, "level": 3}
    assert heading.unread == ("Shoe size",)


def test_a_list_without_addresses_or_with_a_column_twice_is_refused() -> None:
    with pytest.raises(NoAddressColumn):
        read_heading(("name", "class"))
    with pytest.raises(ColumnTwice):
        read_heading(("email", "mail"))


def test_the_templates_can_be_brought_as_they_are() -> None:
    for content in (template_csv().encode(), template_xlsx()):
        (_line, cells), *lines = read_table(content)
        heading = read_heading(cells)
        assert (len(heading.places), heading.unread) == (8, ())
        (row,) = read_rows(heading, lines)
        assert (row.l1, row.level, row.is_minor, row.errors) == ("pt", "A2", False, ())


def test_values_are_read_in_many_spellings() -> None:
    (row,) = rows_of(
        "email,first language,level,minor,guardian email\n"
        "Ana <ANA@Example.org>,Español,b1 intermediate,Ja,Mum@example.org\n"
    )
    assert row == RosterRow(
        2, "ana@example.org", l1="es", level="B1", is_minor=True,
        guardian_email="mum@example.org",
    )  # fmt: skip
    found = {
        language_tag(name) for name in ("zh", "zh-CN", "中文", "Chinois", "chinese")
    }
    assert found == {"zh"}
    assert language_tag("Klingon") is None


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (",Ana", ["email.missing"]),
        ("ana,Ana", ["email.invalid"]),
        ('=HYPERLINK("x"),Ana', ["formula", "email.invalid"]),
        ("a@example.org,=1+1", ["formula"]),
        ("a@example.org,@SUM(A1)", ["formula"]),
        ("a@example.org,+4917", ["formula"]),
        (f"a@example.org,{'x' * 61}", ["name.long"]),
        ("a@example.org,Ana,Klingon", ["language.unknown"]),
        ("a@example.org,Ana,es,D1", ["level.unknown"]),
        ("a@example.org,Ana,es,A1,perhaps", ["minor.unknown"]),
        ("a@example.org,Ana,es,A1,yes,mum", ["guardian.invalid"]),
        ("a@example.org,Ana,es,A1,yes,a@example.org", ["guardian.same"]),
    ],
)
def test_each_fault_of_a_row_has_its_code(cells: str, codes: list[str]) -> None:
    heading = "email,name,l1,level,minor,guardian\n"
    (row,) = rows_of(heading + cells + "\n")
    assert list(row.errors) == codes


def test_who_stands_in_the_file_twice_is_taken_once() -> None:
    first, again, other, same_number = rows_of(
        "email,id\na@example.org,1\nA@example.org,1\nb@example.org,2\nc@example.org,2\n"
    )
    assert [first.errors, other.errors] == [(), ()]
    assert again.errors == ("email.twice",)
    assert same_number.errors == ("external_id.twice",)


def test_rows_survive_being_kept() -> None:
    (row,) = rows_of("email,name,minor\nana,Ana,no\n")
    assert RosterRow.from_json(row.as_json()) == row


def test_no_cell_of_an_export_is_a_formula() -> None:
    for cell in ("=1", "+1", "-1", "@x", "\t=1"):
        assert safe_cell(cell) == f"'{cell}"
    text = csv_text([["a@example.org", "=cmd|' /C calc'!A0"]])
    assert text.startswith("\ufeffa@example.org,'=cmd")
