"""Lists of existing cases: read whatever program wrote them, said what is wrong, taken on so that nothing is red."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.reports import Telling, record_report
from asbdesk.casework.taking_on import checked, waiting_check
from asbdesk.errors import UserError
from asbdesk.exchange import spreadsheet as s
from asbdesk.exchange.columns import mapping_text, read_mapping
from asbdesk.exchange.safe_csv import write_csv
from asbdesk.model import Case, Involvement, Person
from asbdesk.model.journal import due

HEADS = (
    "Case Ref,Complainant,Property Address,Post Code,Tel,Date Opened,Last Contact,RAG,ASB Type,Next Contact,Comments"
)
ROW = "A/17,Ms Zoë Invented,1 Invented Row,ZZ1 1ZZ,01632 960111,3/4/2025,3 Nov 25,Red,Loud music,1/12/2026,Afraid"


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def workbook(folder: Path, rows: list[list[Any]], *, hidden: tuple[int, ...] = (), merge: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    if merge:
        sheet.merge_cells(merge)
    book.create_sheet("Other")
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def lines(desk: Desk) -> list[Any]:
    with desk.store.journal.reading() as conn:
        return list(conn.execute(sa.select(due).where(due.c.state == "open").order_by(due.c.due_on)))


def many(levels: str, officer: str = "") -> str:
    rows = [f"Person {n},{n} Invented Row,{level},{officer}" for n, level in enumerate(levels.split(), 1)]
    return "\n".join(["Name,Address,Risk level,Officer", *rows])


def test_any_usual_csv_is_read(desk: Desk, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"):
        for delimiter in (",", ";", "\t", "|"):
            text = "\r\n".join(line.replace(",", delimiter) for line in ("Our open cases", "", HEADS, ROW))
            dry = s.dry_run(desk, s.open_list(written(tmp_path, text, encoding)))
            assert [fault.line for fault in dry.faults] == [], (encoding, delimiter)
            row, case = dry.good[0]
            assert (row, case.name, case.level, case.reference) == (4, "Ms Zoë Invented", "high", "A/17")
            assert (case.behaviours, case.next_contact) == (("noise",), "2026-12-01")
            assert "Opened Thursday 3 April 2025. Last spoken to Monday 3 November 2025." in case.past


def test_a_case_begins_on_its_take_on_day_and_owes_one_check(desk: Desk, tmp_path: Path) -> None:
    text = f"{HEADS}\n{ROW.replace('1/12/2026', '1/12/2025')}"
    taken = s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, text))))
    assert [(line.code, line.due_on) for line in lines(desk)] == [("take_on_check", "2026-11-25")]  # 2 wd
    line = desk.read(list_cases, search="a/17", today=desk.today).lines[0]
    assert (line.band, line.title, line.reporter) == ("high", "Noise", "Ms Zoë Invented")
    page = desk.read(case_page, line.id, desk.today)
    assert "A contact was meant for Monday 1 December 2025" in page.chronology[0].text
    desk_day = desk.read(lambda session: session.get(Case, line.id).opened)
    assert desk_day.startswith("2026-11-23") and "1 case taken on" in taken.words
    id_, past = desk.read(waiting_check, line.id)
    told = {"risk": "High", "plan": "None", "spoke": "May", "promised": "Nothing"}
    with pytest.raises(UserError, match="Choose the day"):
        desk.do(checked, line.id, id_, **told, speak_by="")
    desk.do(checked, line.id, id_, **told, speak_by="2026-11-27")
    assert "Afraid" in past and desk.read(waiting_check, line.id) == ("", "")
    assert [(line.code, line.due_on) for line in lines(desk)] == [("promise", "2026-11-27")]


def test_a_day_still_to_come_is_kept_as_a_promise(desk: Desk, tmp_path: Path) -> None:
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, f"{HEADS}\n{ROW}"))))
    assert sorted((line.code, line.due_on) for line in lines(desk)) == [
        ("promise", "2026-12-01"),
        ("take_on_check", "2026-11-25"),
    ]


def test_a_new_report_in_a_case_taken_on_owes_all_that_a_report_owes(desk: Desk, tmp_path: Path) -> None:
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, many("low")))))
    found = desk.read(lambda session: session.execute(sa.select(Involvement.file, Involvement.person)).one())
    desk.do(record_report, found[0][5:], found[1], Telling(words="Again.", behaviours=("noise",)))
    assert {"first_contact", "risk_assessment", "take_on_check"} <= {line.code for line in lines(desk)}


def test_checks_are_spread_and_no_officer_has_more_than_five_on_a_day(desk: Desk, tmp_path: Path) -> None:
    text = many("high " * 12 + "amber " * 20 + "green " * 60)
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, text))))
    days = Counter(line.due_on for line in lines(desk))
    assert sum(days.values()) == 92 and max(days.values()) == 5 and min(days) == "2026-11-24"
    assert not {"2026-11-28", "2026-11-29"} & set(days)
    assert (
        sorted(line.due_on for line in lines(desk))[:12] == ["2026-11-24"] * 5 + ["2026-11-25"] * 5 + ["2026-11-26"] * 2
    )
    again = many("high").replace("1 Invented", "99 Invented")
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, again, name="again.csv"))))
    assert max(Counter(line.due_on for line in lines(desk)).values()) == 5  # the earlier list counts


def test_a_few_are_not_all_on_one_day(desk: Desk, tmp_path: Path) -> None:
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, many("low " * 20)))))
    assert set(Counter(line.due_on for line in lines(desk)).values()) == {1}


def test_what_is_wrong_is_said_by_row_and_column_and_the_list_refused_whole(desk: Desk, tmp_path: Path) -> None:
    rows = [
        HEADS,
        ROW.replace("3/4/2025", "04/25/2025").replace("Red", "Purple"),
        ROW.replace("A/17", "A/18"),
        ROW.replace("A/17", "a/18").replace("ZZ1 1ZZ", "ZZ"),
        ROW.replace("A/17", "A/19").replace("Ms Zoë Invented", "").replace("3/4/2025", "30 February 2025"),
        ROW.replace("A/17", "A/20").replace("3/4/2025", "3/4/2027"),
    ]
    dry = s.dry_run(desk, s.open_list(written(tmp_path, "\n".join(rows))))
    said = "\n".join(fault.line for fault in dry.faults)
    for words in (
        "Row 2, Date Opened: “04/25/2025” has no month 25; the day stands first here: write it as 3/4/2025",
        "Row 2, RAG: “Purple” is no level; write high, medium or standard.",
        "Row 4, Case Ref: “a/18” stands in row 3 too",
        "Row 4, Post Code: “ZZ” is no postcode",
        "Row 5, Complainant: is empty",
        "Row 5, Date Opened: “30 February 2025” is not in the calendar",
        "Row 6, Date Opened: “3/4/2027” is still to come",
    ):
        assert words in said
    with pytest.raises(UserError, match="4 rows cannot yet"):
        s.take_all(desk, dry)
    assert desk.read(list_cases, today=desk.today).total == 0
    assert s.take_all(desk, dry, good_rows=True).cases == 1
    again = s.dry_run(desk, s.open_list(tmp_path / "list.csv"))
    assert any("is here already, as ASB-2026-A0001" in fault.line for fault in again.faults)


def test_a_list_without_a_level_is_asked_for_three_facts(desk: Desk, tmp_path: Path) -> None:
    found = s.open_list(written(tmp_path, "Name;Address\nMs A;1 Row\nMr B;2 Row\nMs C;3 Row\nMr D;=cmd|'/c'!A1\n"))
    with pytest.raises(UserError, match="three facts"):
        s.dry_run(desk, found)
    s.write_asking(found, tmp_path / "asked.csv")
    text = (tmp_path / "asked.csv").read_text("utf-8-sig")
    assert "'=cmd" in text  # disarmed
    filled = text.replace("1 Row,,,", "1 Row,no,yes,1/11/2026").replace("2 Row,,,", "2 Row,2,no,20/11/2026")
    filled = filled.replace("3 Row,,,", "3 Row,no,no,20/11/2026").replace("A1,,,", "A1,no,no,never")
    dry = s.dry_run(desk, s.open_list(written(tmp_path, filled, name="filled.csv")))
    assert [fault.line for fault in dry.faults] == []
    assert [case.level for _, case in dry.good] == ["high", "medium", "standard", "medium"]
    assert dry.good[3][1].address.startswith("=cmd") and dry.good[1][1].children == 2


def test_xlsx_with_days_hidden_rows_merged_heads_and_formulas(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["ASB cases", None, None, None, None],
        ["Tenant name", None, "Risk", "Opened", "Phone"],
        ["Ms A", "=1+1", "High", dt.datetime(2025, 4, 3, tzinfo=dt.UTC).replace(tzinfo=None), 7700900123],
        ["Mr B", None, "Low", dt.date(2025, 5, 6), "07700 900124"],
    ]
    found = s.open_list(workbook(tmp_path, rows, hidden=(4,), merge="A2:B2"))
    dry = s.dry_run(desk, found)
    assert found.heads.names[:2] == ("Tenant name", "Column B") and len(dry.good) == 2
    assert "hides 1 of its rows (4)" in " ".join(dry.notes) and "merged" in " ".join(dry.notes)
    assert "2 sheets" in " ".join(dry.notes)
    assert dry.good[0][1].phone == "07700900123" and "Opened Thursday 3 April 2025" in dry.good[0][1].past


def damaged_books() -> list[bytes]:
    """A spreadsheet with a byte altered where it is packed, and one whose XML does not end."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.create_sheet("Cases", 0).append(["Name", "Address", "Risk"])
    book.save(out)
    with zipfile.ZipFile(out) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    altered, cut = out.getvalue(), io.BytesIO()
    at = altered.index(b"xl/workbook.xml") + len(b"xl/workbook.xml")
    with zipfile.ZipFile(cut, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data[:-20] if name == "xl/workbook.xml" else data)
    return [altered[:at] + b"\xff" * 8 + altered[at + 8 :], cut.getvalue()]


NO_LISTS = [
    (b"", "is empty"),
    (b"Name,Address,Risk\n", "no cases under them"),
    (b"1,2,3\n4,5,6\n", "no row names its columns"),
    (b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password"),
    (b"PK\x03\x04" + bytes(200), "is broken"),
    *((damaged, "is broken") for damaged in damaged_books()),
    (b"%PDF-1.7 nothing", "not a list"),
    (b"\x00\x01\x02\x03\x81\x8d" * 40, "not a list"),
    (b'Name,Address\n"Ms A,1 Row\n', "quotation mark does not end"),
]


def test_what_is_no_list_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    for data, words in NO_LISTS:
        file.write_bytes(data)
        with pytest.raises(UserError, match=words):
            s.dry_run(desk, s.open_list(file))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        s.open_list(tmp_path / "nothing.csv")


def test_a_list_is_undone_as_a_whole_until_something_came_after(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, many("low " * 30))
    s.take_all(desk, s.dry_run(desk, s.open_list(file)))
    s.undo_list(desk, s.newest_acts(desk))
    assert desk.read(list_cases, today=desk.today).total == 0 and lines(desk) == [] and s.newest_acts(desk) == ()
    taken = s.take_all(desk, s.dry_run(desk, s.open_list(file)))
    person = desk.read(
        lambda session: session.scalar(sa.select(Person.id).where(Person.name == "Person 7").order_by(Person.id.desc()))
    )
    from asbdesk.casework.people import change_person

    desk.do(change_person, person, phone="01632 960999")
    with pytest.raises(UserError, match="can no longer be undone as a whole"):
        s.undo_list(desk, taken.acts)
    assert desk.read(list_cases, today=desk.today).total == 30


def test_two_cases_of_one_home_share_it(desk: Desk, tmp_path: Path) -> None:
    text = "Name,Address,Postcode,Risk\nMs A,1 Row,ZZ1 1ZZ,low\nMr B,1  row,zz11zz,low\n"
    s.take_all(desk, s.dry_run(desk, s.open_list(written(tmp_path, text))))
    assert len(set(desk.read(lambda session: list(session.scalars(sa.select(Case.home)))))) == 1


def test_stopping_leaves_whole_cases_and_the_rest_can_follow(desk: Desk, tmp_path: Path) -> None:
    rows = [f"R{n},Person {n},{n} Row,low" for n in range(250)]
    file = written(tmp_path, "\n".join(["Ref,Name,Address,Risk", *rows]))
    told: list[int] = []
    dry = s.dry_run(desk, s.open_list(file))
    taken = s.take_all(desk, dry, told=lambda done, _: told.append(done), stop=lambda: bool(told))
    assert (taken.cases, told) == (192, [192]) and taken.words.startswith("192 of 250 cases")
    rest = s.take_all(desk, s.dry_run(desk, s.open_list(file)), good_rows=True)
    assert rest.cases == 58 and desk.read(list_cases, today=desk.today).total == 250


def test_a_long_list_is_looked_through_and_says_how_far_it_is(desk: Desk, tmp_path: Path) -> None:
    rows = [f"R{n},Person {n},{n} Row,low,3/4/2025" for n in range(5_000)]
    told: list[int] = []
    found = s.open_list(written(tmp_path, "\n".join(["Ref,Name,Address,Risk,Opened", *rows])))
    assert len(s.dry_run(desk, found, lambda done, of: told.append(of)).good) == 5_000 and len(told) == 10


def test_a_mapping_is_kept_and_read_again(tmp_path: Path) -> None:
    found = s.open_list(written(tmp_path, f"{HEADS}\n{ROW}"))
    kept = written(tmp_path, mapping_text(found.mapping, found.heads), name="mapping.json")
    assert read_mapping(kept, found.heads) == found.mapping
    deep = '{"a":' * 2000
    for text, words in (
        ("[]", "no mapping"),
        (deep, "no mapping"),
        ('{"colour": "RAG"}', "no field"),
        ('{"level": "Gone"}', "no column"),
    ):
        kept.write_text(text)
        with pytest.raises(UserError, match=words):
            read_mapping(kept, found.heads)


def test_every_cell_we_write_is_disarmed() -> None:
    out = io.StringIO()
    write_csv(out, [["=1+1", "+44", "-2", "@x", "\tq", "\rq", " =1", "plain", "a=b"]])
    for cell in ("'=1+1", "'+44", "'-2", "'@x", "'\tq", "' =1", ",plain,a=b"):
        assert cell in out.getvalue()
