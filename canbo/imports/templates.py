"""A workbook to fill in for every kind of list: headings of the trade, lists to choose from, a sample row, a word on each column."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from canbo.imports.codes import dossier_code
from canbo.imports.dropdowns import KIND_SHEET, DropDowns, labels
from canbo.imports.matching import Face
from canbo.imports.reading.fields import Field, fields
from canbo.kernel.actors import Scope

ROWS = 1000  # rows with lists to choose from
HEAD = 4  # row of the headings, from 0
SAMPLE_MARK = "Ví dụ"


@dataclass(frozen=True, kw_only=True)
class Form:
    """One kind's template: title, columns by field (a year stands for its grade), the sample row."""

    title: str
    columns: tuple[str, ...]
    sample: dict[str, str]


_WHO = {"full_name": "Nguyễn Thị Bình", "birth": "05/1985", "personal_id": "001185000123"}
_KEYS = ("ordinal", "dossier_code", "full_name", "birth", "personal_id")
FORMS: dict[str, Form] = {
    "roster": Form(
        title="Danh sách trích ngang cán bộ, công chức, viên chức",
        columns=(
            *_KEYS, "sex", "ethnicity", "religion", "native_place", "birth_place", "residence", "phone", "unit", "position", "staff_kind",
            "appointed_on", "recruited_on", "joined_agency_on", "party_joined", "party_official", "general_education", "degree",
            "degree_field", "degree_institution", "degree_year", "political_theory", "state_management", "it_level",
            "foreign_language", "rank_code", "rank_name", "pay_step", "coefficient", "rank_on", "note",
        ),
        sample=_WHO | {
            "sex": "Nữ", "ethnicity": "Kinh", "religion": "Không", "native_place": "Xã Phú Nghĩa, thành phố Hà Nội", "unit": "Xã Phú Nghĩa",
            "position": "Phó Chủ tịch UBND", "staff_kind": "Cán bộ", "appointed_on": "01/7/2025", "recruited_on": "9/2008",
            "party_joined": "03/02/2010", "party_official": "03/02/2011", "general_education": "12/12",
            "degree": "Đại học",
            "degree_field": "Luật", "degree_year": "2007", "political_theory": "Trung cấp", "state_management": "Chuyên viên",
            "rank_code": "01.003", "rank_name": "Chuyên viên", "pay_step": "4", "coefficient": "3,33",
        },
    ),
    "posts": Form(
        title="Danh sách chức vụ đang giữ và quá trình giữ chức vụ",
        columns=(*_KEYS, "unit", "position", "start", "end", "decision_number", "decision_date", "body", "note"),
        sample=_WHO | {"unit": "Xã Phú Nghĩa", "position": "Phó Chủ tịch UBND", "start": "01/7/2025", "decision_number": "12/QĐ-UBND"},
    ),
    "qualifications": Form(
        title="Danh sách văn bằng, chứng chỉ",
        columns=(*_KEYS, "degree", "degree_field", "degree_institution", "degree_year", "training_form", "political_theory",
                 "state_management", "it_level", "foreign_language", "note"),
        sample=_WHO | {"degree": "Thạc sĩ", "degree_field": "Quản lý công", "degree_year": "2019", "training_form": "Chính quy"},
    ),
    "ratings": Form(
        title="Kết quả đánh giá, xếp loại hằng năm",
        columns=(*_KEYS, "unit", "position", "rating:2", "rating:1", "rating:0", "note"),
        sample=_WHO | {"unit": "Xã Phú Nghĩa", "rating:1": "Hoàn thành tốt nhiệm vụ", "rating:0": "Hoàn thành xuất sắc nhiệm vụ"},
    ),
    "training": Form(
        title="Danh sách cử đi đào tạo, bồi dưỡng",
        columns=(*_KEYS, "training_name", "training_kind", "training_from", "training_to", "training_form", "degree_institution",
                 "training_result", "note"),
        sample=_WHO | {"training_name": "Bồi dưỡng ngạch chuyên viên chính", "training_from": "3/2025", "training_to": "5/2025",
                       "training_result": "Khá"},
    ),
    "planning": Form(
        title="Biểu danh sách quy hoạch chức danh lãnh đạo, quản lý",
        columns=(*_KEYS, "position", "unit", "planned_for", "planned_unit", "term", "plan_class", "planned_from", "decision_number",
                 "decision_date", "planned_ground", "planned_to", "planned_out", "planned_out_decision", "note"),
        sample=_WHO | {"position": "Phó Chủ tịch UBND", "planned_for": "Chủ tịch UBND xã", "term": "2026-2031", "plan_class": "Đối tượng 1",
                       "planned_from": "15/12/2025", "decision_number": "120-QĐ/TU", "decision_date": "15/12/2025"},
    ),
    "discipline": Form(
        title="Danh sách kỷ luật",
        columns=(*_KEYS, "unit", "discipline", "discipline_on", "discipline_end", "decision_number", "body", "note"),
        sample=_WHO | {"unit": "Xã Phú Nghĩa", "discipline": "Khiển trách", "discipline_on": "15/3/2025", "discipline_end": "15/3/2026"},
    ),
}  # fmt: skip
_GROUPS = {"personal_id": "identity"}
_WORDS = {
    "ordinal": "Số thứ tự. Dòng ghi “Ví dụ” ở cột này không được nhập.",
    "dossier_code": "Mã hồ sơ trong chương trình, có sẵn khi mẫu được điền trước. Để trống với người mới.",
    "full_name": "Họ và tên khai sinh, chữ hoa chữ thường như giấy tờ.",
    "birth": "Ngày/tháng/năm. Chỉ biết tháng hoặc năm thì ghi 5/1968 hoặc 1968.",
    "personal_id": "Số định danh cá nhân, 12 chữ số. Ô đã đặt dạng chữ nên giữ được số 0 ở đầu.",
    "unit": "Tên đơn vị như trong chương trình; tên mới sẽ được lập thành đơn vị mới.",
    "note": "Giữ nguyên chữ, không dùng để thống kê.",
}
_BY_TYPE = {
    "date": "Ngày/tháng/năm; chỉ biết tháng hoặc năm thì ghi 5/2020 hoặc 2020. Ngày của Excel cũng được.",
    "code": "Chọn trong danh mục của ô.", "degree": "Chọn trong danh mục của ô, mức cao nhất.", "rating": "Chọn trong danh mục của ô.",
    "sex": "Nam hoặc Nữ.", "number": "Chỉ ghi số, dấu phẩy cho phần thập phân.", "year": "Ghi năm, bốn chữ số.",
}  # fmt: skip


def template_workbook(*, kind: str, on: date, people: Iterable[Face], scope: Scope) -> bytes:
    """The template of a kind of list; with `people`, one row each with what the reader may see of who they are."""
    form, columns = FORMS[kind], _columns(kind, on)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        lists = DropDowns(book)
        _head(book, sheet, form, columns, on)
        text = book.add_format({**_BASE, "num_format": "@", "border": 1})
        _sample(book, sheet, form, columns)
        filled = 0
        for number, face in enumerate(people, start=1):
            _fill(sheet, HEAD + 1 + number, number, face, columns, scope, text)
            filled = number
        last = HEAD + 1 + max(filled, 0) + ROWS
        for i, (name, heading, of) in enumerate(columns):
            sheet.set_column(i, i, _width(name, heading), text)
            lists.offer(sheet, column=i, first=HEAD + 2, last=last, values=_choices(of), field=heading)
        lists.finish()
        marker = book.add_worksheet(KIND_SHEET)
        marker.very_hidden()
        marker.write_string(0, 0, kind)
    return out.getvalue()


_BASE = {"font_name": "Times New Roman", "font_size": 12}


def _columns(kind: str, on: date) -> list[tuple[str, str, Field]]:
    """(name, heading, field); a grade's heading tells its year: the list's own year is the last one finished."""
    found = []
    for name in FORMS[kind].columns:
        of = fields()[name.partition(":")[0]]
        year = f" năm {on.year - 1 - int(name[-1])}" if ":" in name else ""
        found.append((name, ("STT" if name == "ordinal" else of.label) + year, of))
    return found


def _head(book: Any, sheet: Any, form: Form, columns: list[tuple[str, str, Field]], on: date) -> None:
    sheet.write_string(0, 0, form.title.upper(), book.add_format({**_BASE, "bold": True, "font_size": 14}))
    notes = (
        "Điền từ dòng ngay dưới dòng ví dụ; di chuột vào tiêu đề cột để xem cách ghi; cột không có số liệu thì để trống.",
        f"Mẫu lập ngày {on:%d/%m/%Y}. Không đổi tên tiêu đề cột; được bỏ bớt hoặc đổi chỗ cột.",
    )
    for i, words in enumerate(notes, start=1):
        sheet.write_string(i, 0, words, book.add_format({**_BASE, "italic": True}))
    head = {**_BASE, "bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EDEDED"}
    style = book.add_format(head)
    sheet.set_row(HEAD, 48)
    for i, (name, heading, of) in enumerate(columns):
        sheet.write_string(HEAD, i, heading, style)
        if comment := _WORDS.get(name) or _BY_TYPE.get(of.type):
            sheet.write_comment(HEAD, i, comment, {"x_scale": 1.6, "author": "Mẫu nhập"})
    sheet.freeze_panes(HEAD + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(HEAD)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEAD + 1}:AZ{HEAD + ROWS}"})


def _sample(book: Any, sheet: Any, form: Form, columns: list[tuple[str, str, Field]]) -> None:
    style = book.add_format({**_BASE, "italic": True, "font_color": "#6B6B6B", "bg_color": "#F7F3E3", "border": 1, "num_format": "@"})
    for i, (name, _, _) in enumerate(columns):
        sheet.write_string(HEAD + 1, i, SAMPLE_MARK if name == "ordinal" else form.sample.get(name, ""), style)


def _fill(sheet: Any, line: int, number: int, face: Face, columns: list[tuple[str, str, Field]], scope: Scope, style: Any) -> None:
    told = {
        "ordinal": str(number), "dossier_code": dossier_code(face.id), "full_name": face.name,
        "birth": "/".join(reversed(face.birth.iso.split("-"))) if face.birth else "",
    }  # fmt: skip
    if scope.sees_group("identity") and face.number:
        told["personal_id"] = face.number
    for i, (name, _, _) in enumerate(columns):
        if told.get(name):
            sheet.write_string(line, i, told[name], style)


def _choices(of: Field) -> list[str]:
    listed = {"degree": "degrees", "title": "academic_titles"}.get(of.type, of.codelist)
    return ["Nam", "Nữ"] if of.type == "sex" else labels(listed) if listed else []


def _width(name: str, heading: str) -> float:
    return {"ordinal": 7, "full_name": 26, "dossier_code": 14, "personal_id": 16}.get(name, max(13, min(24, len(heading) * 0.8)))
