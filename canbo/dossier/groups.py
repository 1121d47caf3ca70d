"""The numbered groups of the CV as the dossier page leafs through them: which sections and required items stand in each."""

from dataclasses import dataclass

from canbo.dossier.sections import FIELD_SECTIONS, RECORD_SECTIONS, FieldSection, RecordSection


@dataclass(frozen=True)
class CvGroup:
    """A group of the CV: its items, its field sections (by their first field), its tables, its required facts."""

    slug: str
    title: str
    items: str
    fields: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def field_sections(self) -> list[FieldSection]:
        return [section for section in FIELD_SECTIONS if section.fields[0] in self.fields]

    @property
    def record_sections(self) -> list[RecordSection]:
        named = {section.model._meta.db_table: section for section in RECORD_SECTIONS}
        return [named[table] for table in self.tables]


CV_GROUPS: tuple[CvGroup, ...] = (
    CvGroup(
        "ban-than", "Bản thân", "1–10, 18", ("full_name", "religion_sealed", "personal_id_sealed", "phone_sealed"), ("distinction",),
        ("name", "birth", "sex", "ethnicity", "religion", "birth_place", "native_place", "residence", "has_personal_id"),
    ),
    CvGroup("tuyen-dung", "Tuyển dụng, công việc", "12–14, 28–29", ("job_before", "main_duty"), (), ("recruited_on",)),
    CvGroup("dang", "Đảng, đoàn thể", "15–16", ("party_joined",), ("membership",)),
    CvGroup("quan-ngu", "Quân ngũ", "17", ("enlisted_on",)),
    CvGroup(
        "trinh-do", "Trình độ, đào tạo, bồi dưỡng", "19–21, 32", ("academic_title",), ("qualification", "attendance"),
        ("general_education", "degree", "political_theory"),
    ),
    CvGroup(
        "cong-tac", "Chức vụ, quá trình công tác", "23, 25–27, 33", (), ("employment", "holding", "work_history", "waiver"),
        ("unit", "position", "work_told"),
    ),
    CvGroup("quy-hoach", "Quy hoạch", "24", (), ("plan_entry",)),
    CvGroup("luong", "Lương, phụ cấp", "30, 37.1, 37.2", (), ("pay", "allowance"), ("rank",)),
    CvGroup("suc-khoe", "Sức khỏe", "31", (), ("health_certificate",)),
    CvGroup("danh-gia", "Đánh giá, khen thưởng, kỷ luật", "22, 35, 38", (), ("rating", "award", "discipline", "agency_remark")),
    CvGroup("lich-su", "Lịch sử bản thân – chỉ kết luận", "11, 34", (), ("history_conclusion",)),
    CvGroup("gia-dinh", "Quan hệ gia đình", "36", (), ("relative",)),
    CvGroup("tai-san", "Kê khai tài sản", "37.3", (), ("asset_declaration",)),
    CvGroup(
        "xac-minh", "Xác minh, nguồn thông tin", "", (),
        ("certified_value", "disputed_value", "declared_none", "list_entry", "extra_value"),
    ),
)  # fmt: skip

# Kinds of "không có" that speak of a whole table: (kind, the qualification's kind where it speaks of one of these only).
NONE_OF: dict[str, tuple[str, ...]] = {
    "plan_entry": ("planned_for", "planning", "planned"),
    "discipline": ("discipline",),
    "award": ("award", "awards"),
    "attendance": ("attendance", "training"),
    "membership": ("membership", "bodies"),
    "holding": ("holding", "position"),
    "distinction": ("policy_category", "chinh-sach"),
    "qualification": (
        "chuyen-mon", "degree", "llct", "political_theory", "qlnn", "state_management", "qpan", "defence_training", "tin-hoc",
        "it_level", "ngoai-ngu", "foreign_language", "tieng-dan-toc", "ethnic_language",
    ),
}  # fmt: skip
NONE_OF_FIELDS: dict[str, tuple[str, ...]] = {"enlisted_on": ("military", "enlisted_on")}


def group_of_table(table: str) -> CvGroup:
    return next(group for group in CV_GROUPS if table in group.tables)


__all__ = ["CV_GROUPS", "NONE_OF", "NONE_OF_FIELDS", "CvGroup", "group_of_table"]
