"""The dossier as the paper CV numbers it: which fields and records stand in which section, and who may read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from canbo.dossier import models as m


@dataclass(frozen=True)
class FieldSection:
    """Fields of the person herself; a name ending in `_sealed` is opened only for readers of the group."""

    title: str
    group: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class RecordSection:
    """Dated records of one kind, newest last."""

    title: str
    group: str
    model: type[Model]
    columns: tuple[str, ...]
    order: tuple[str, ...] = ()


FIELD_SECTIONS: tuple[FieldSection, ...] = (
    FieldSection(
        "Bản thân (mục 1–7)",
        "basic",
        ("full_name", "other_name", "birth", "sex", "ethnicity", "birth_place", "native_place", "staff_number"),
    ),
    FieldSection("Tôn giáo (mục 7)", "religion", ("religion_sealed",)),
    FieldSection(
        "Số định danh (mục 8–9)",
        "identity",
        ("personal_id_sealed", "personal_id_issued_on", "old_id_sealed", "social_insurance_sealed", "health_insurance_sealed"),
    ),
    FieldSection("Liên hệ (mục 8, 10)", "contact", ("phone_sealed", "permanent_residence", "residence")),
    FieldSection(
        "Tuyển dụng (mục 12–14)", "career", ("job_before", "recruited_on", "recruiting_agency", "joined_agency_on")
    ),
    FieldSection(
        "Đảng, đoàn thể (mục 15–16)",
        "party",
        ("party_joined", "party_official", "party_left", "party_status", "first_organisation_on", "first_organisation"),
    ),
    FieldSection("Quân ngũ (mục 17)", "career", ("enlisted_on", "discharged_on", "military_rank")),
    FieldSection("Học hàm (mục 21)", "qualification", ("academic_title",)),
    FieldSection(
        "Công việc (mục 28–29)", "career", ("main_duty", "strength", "longest_job", "retired_on", "died_on")
    ),
)  # fmt: skip

RECORD_SECTIONS: tuple[RecordSection, ...] = (
    RecordSection("Biên chế, đơn vị", "career", m.Employment, ("start", "end", "unit", "staff_kind", "workplace"), ("start",)),
    RecordSection(
        "Chức vụ (mục 23, 25–27)", "career", m.Holding, ("start", "end", "title", "title_text", "unit", "kind"), ("start",)
    ),
    RecordSection("Tham gia cấp ủy, tổ chức", "party", m.Membership, ("start", "end", "body", "role"), ("start",)),
    RecordSection("Quy hoạch (mục 24)", "planning", m.PlanEntry, ("title", "title_text", "term", "start", "end", "ground_in"), ("start",)),
    RecordSection(
        "Trình độ (mục 19–20, 32)",
        "qualification",
        m.Qualification,
        ("kind", "level", "text", "field_text", "institution", "form", "obtained"),
        ("kind", "obtained"),
    ),
    RecordSection(
        "Đào tạo, bồi dưỡng", "training", m.Attendance, ("training", "kind", "start", "end", "form", "result"), ("start",)
    ),
    RecordSection("Quá trình công tác (mục 33)", "career", m.WorkHistory, ("start", "end", "unit_text", "title_text"), ("start",)),
    RecordSection(
        "Đánh giá, xếp loại (mục 35.1)", "evaluation", m.Rating, ("period", "capacity", "grade", "text", "score"), ("period",)
    ),
    RecordSection("Khen thưởng (mục 35.1)", "basic", m.Award, ("on", "form", "text"), ("on",)),
    RecordSection(
        "Kỷ luật (mục 35.2)", "discipline", m.Discipline, ("decided_on", "ended_on", "side", "form", "text"), ("decided_on",)
    ),
    RecordSection(
        "Miễn, giảm tiêu chuẩn (trường hợp đặc biệt)", "career", m.Waiver, ("text", "authority", "reason", "start", "end"), ("start",)
    ),
    RecordSection("Lương (mục 30, 37.1)", "pay", m.Pay, ("start", "end", "rank_code", "rank_text", "step", "coefficient"), ("start",)),
    RecordSection("Phụ cấp (mục 30.2, 37.2)", "pay", m.Allowance, ("start", "end", "kind", "percent", "coefficient"), ("start",)),
    RecordSection("Đối tượng chính sách, danh hiệu (mục 18, 22)", "basic", m.Distinction, ("kind", "code", "text", "on")),
    RecordSection("Quan hệ gia đình (mục 36)", "family", m.Relative, ("side", "relation", "name_sealed", "birth_year")),
    RecordSection("Sức khỏe (mục 31)", "health", m.HealthCertificate, ("certified_on", "class_sealed")),
    RecordSection("Kê khai tài sản (mục 37.3)", "assets", m.AssetDeclaration, ("declared_on", "period")),
    RecordSection(
        "Lịch sử bản thân – kết luận (mục 11, 34)",
        "history",
        m.HistoryConclusion,
        ("item", "present", "paper_sealed", "conclusion_sealed"),
    ),
    RecordSection("Nhận xét của cơ quan (mục 38)", "evaluation", m.AgencyRemark, ("on", "author", "text_sealed")),
    RecordSection("Giá trị đã xác nhận theo giấy tờ gốc", "basic", m.CertifiedValue, ("field", "value", "paper", "certified_on")),
    RecordSection("Mâu thuẫn chờ xác minh", "basic", m.DisputedValue, ("field", "value", "said_by", "settled_on", "settled_by")),
    RecordSection("Đã khai “không có”", "basic", m.DeclaredNone, ("kind", "known_from")),
    RecordSection("Danh sách đã nhập", "basic", m.ListEntry, ("name", "on", "row"), ("on",)),
    RecordSection("Thông tin khác trong danh sách", "basic", m.ExtraValue, ("label", "value", "known_from"), ("label",)),
)  # fmt: skip

PERSON_FIELD_GROUP: dict[str, str] = {name: s.group for s in FIELD_SECTIONS for name in s.fields}
# What a "không có" speaks of. A kind that is not here is shown to readers of the closest group only.
_GROUP_OF_NONE: dict[str, str] = {
    **dict.fromkeys(("pho-thong", "chuyen-mon", "llct", "qlnn", "qpan", "tin-hoc", "ngoai-ngu"), "qualification"),
    **dict.fromkeys(("tieng-dan-toc", "nghiep-vu", "foreign_language"), "qualification"),
    **dict.fromkeys(("chinh-sach", "policy_category", "danh-hieu", "award", "awards"), "basic"),
    **dict.fromkeys(("planning", "planned", "planned_for"), "planning"),
    **dict.fromkeys(("attendance", "training"), "training"),
    **dict.fromkeys(("holding", "position", "key_post", "military", "enlisted_on"), "career"),
    **dict.fromkeys(("membership", "bodies", "party_joined"), "party"),
    "discipline": "discipline",
    "religion": "religion",
}
_CLOSEST = "history"
_CLAIMS = (m.CertifiedValue._meta.db_table, m.DisputedValue._meta.db_table)


def group_of_row(table: str, values: Mapping[str, Any]) -> str:
    """The group of one record. What is certified, or said not to be, has the group of what it speaks of."""
    if table == m.DeclaredNone._meta.db_table:
        return _GROUP_OF_NONE.get(str(values.get("kind", "")), _CLOSEST)
    if table in _CLAIMS:
        field = str(values.get("field", "")).removeprefix("person.")
        return PERSON_FIELD_GROUP.get(field) or PERSON_FIELD_GROUP.get(f"{field}_sealed") or _CLOSEST
    if table == m.Waiver._meta.db_table and values.get("purpose") == "planning":
        return "planning"
    return _GROUP_OF_TABLE[table]


_GROUP_OF_TABLE = {s.model._meta.db_table: s.group for s in RECORD_SECTIONS}


def sealed_place(table: str, column: str, key: str) -> str:
    """Where a sealed value belongs: `person.religion:<key>`, also for columns named `religion_sealed`."""
    return f"{table}.{column.removesuffix('_sealed')}:{key}"
