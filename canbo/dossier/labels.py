"""What people read for a code kept in a record: the label of its code list."""

from typing import Any

from django.apps import apps
from django.db.models import Model

from canbo.engine.codelists import load_codelist

_LISTS: dict[tuple[str, str], str] = {
    ("person", "ethnicity"): "ethnic_groups",
    ("person", "religion_sealed"): "religions",
    ("person", "academic_title"): "academic_titles",
    ("qualification", "field"): "fields_of_study",
    ("qualification", "form"): "training_forms",
    ("qualification", "language"): "foreign_languages",
    ("attendance", "kind"): "training_kinds",
    ("attendance", "form"): "training_forms",
    ("attendance", "result"): "training_results",
    ("rating", "grade"): "ratings",
    ("discipline", "form"): "discipline_forms",
}
_LEVELS: dict[str, str] = {
    "pho-thong": "general_education",
    "chuyen-mon": "degrees",
    "llct": "political_theory",
    "qlnn": "state_management",
    "tin-hoc": "it_levels",
    "ngoai-ngu": "foreign_language_levels",
}
_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("person", "party_status"): {"dang-vien": "Đảng viên", "khong": "Không"},
    ("history_conclusion", "item"): {
        "11": "Mục 11 – thành phần gia đình xuất thân",
        "34.1": "Mục 34.1 – bị bắt, bị tù",
        "34.2": "Mục 34.2 – làm việc cho chế độ cũ",
        "34.3": "Mục 34.3 – quan hệ với tổ chức, cá nhân nước ngoài",
        "36": "Mục 36 – lịch sử của người thân",
    },
    ("membership", "role"): {"bi-thu": "Bí thư", "pho-bi-thu": "Phó Bí thư", "uy-vien": "Ủy viên", "chu-tich": "Chủ tịch"},
    ("award", "form"): {
        "lao-dong-tien-tien": "Lao động tiên tiến",
        "chien-si-thi-dua-co-so": "Chiến sĩ thi đua cơ sở",
        "giay-khen": "Giấy khen",
        "bang-khen": "Bằng khen",
    },
    ("declared_none", "kind"): {
        "pho-thong": "giáo dục phổ thông",
        "chuyen-mon": "trình độ chuyên môn",
        "llct": "lý luận chính trị",
        "qlnn": "quản lý nhà nước",
        "qpan": "bồi dưỡng quốc phòng, an ninh",
        "tin-hoc": "tin học",
        "ngoai-ngu": "ngoại ngữ",
        "tieng-dan-toc": "tiếng dân tộc thiểu số",
        "chinh-sach": "đối tượng chính sách",
        "policy_category": "đối tượng chính sách",
        "discipline": "kỷ luật",
        "military": "quân ngũ",
        "enlisted_on": "quân ngũ",
        "planning": "quy hoạch",
        "planned": "quy hoạch",
        "planned_for": "quy hoạch",
        "award": "khen thưởng",
        "awards": "khen thưởng",
        "attendance": "đào tạo, bồi dưỡng",
        "training": "đào tạo, bồi dưỡng",
        "holding": "chức vụ",
        "position": "chức vụ",
        "key_post": "chức danh chủ chốt",
        "membership": "tham gia cấp ủy, tổ chức",
        "bodies": "tham gia cấp ủy, tổ chức",
        "foreign_language": "ngoại ngữ",
        "religion": "tôn giáo",
        "party_joined": "đảng viên",
    },
}
# Columns whose words are all there is to choose from; the others have words only for reading.
_CHOSEN = {("person", "party_status"), ("membership", "role"), ("history_conclusion", "item"), ("qualification", "level")}
# Relations have no label of their own in the tables.
_HEADS = {"unit": "Đơn vị", "title": "Chức danh", "body": "Tổ chức", "term": "Nhiệm kỳ", "post": "Vị trí", "decision": "Quyết định"}


def label_of_code(*, table: str, column: str, code: str, kind: str = "") -> str:
    """The label, or the text itself where it is no code; `kind` is the qualification's, whose scale its level is on."""
    words = _WORDS.get((table, column), {})
    name = _LEVELS.get(kind) if (table, column) == ("qualification", "level") else _LISTS.get((table, column))
    if name is None:
        return words.get(code, code)
    return next((row.label for row in load_codelist(name).rows if row.code == code), code)


def codelist_of(*, table: str, column: str) -> str | None:
    """The code list a column's codes are from."""
    return _LISTS.get((table, column))


def choices_of(*, table: str, column: str, kind: str = "") -> list[tuple[str, str]]:
    """(code, label) of everything a column may hold; empty for columns of free text. `kind` as for label_of_code."""
    of: Any = _model(table)._meta.get_field(column)
    if of.choices:
        return [(str(code), str(label)) for code, label in of.flatchoices]
    if (table, column) == ("qualification", "level"):
        listed = _LEVELS.get(kind)
    else:
        listed = _LISTS.get((table, column))
    if listed:
        return [(row.code, row.label) for row in load_codelist(listed).rows]
    return list(_WORDS.get((table, column), {}).items()) if (table, column) in _CHOSEN else []


def _model(table: str) -> type[Model]:
    return next(model for model in apps.get_app_config("canbo").get_models() if model._meta.db_table == table)


def head_of(*, column: str, verbose_name: str) -> str:
    """The heading of a column, with a capital."""
    label = _HEADS.get(column, verbose_name)
    return label[:1].upper() + label[1:]
