"""Sensitive matters: kept closed unless the agency opened them by a document, and then only their conclusions."""

from datetime import date

from canbo.dossier.models import HistoryConclusion, Relative
from canbo.dossier.queries import unit_of
from canbo.organization.settings import setting

HISTORY_TABLE = HistoryConclusion._meta.db_table
RELATIVE_TABLE = Relative._meta.db_table
# The matter itself is never kept: this column stands from before and is neither shown, edited, imported nor filled.
CLOSED_COLUMNS = frozenset({"family_origin"})
# Checks the law names for which relatives may be looked at.
PURPOSES: dict[str, str] = {
    "bo-nhiem": "Thẩm định, kết luận tiêu chuẩn chính trị khi bổ nhiệm, giới thiệu ứng cử",
    "ket-nap": "Thẩm tra lý lịch kết nạp đảng viên, công nhận đảng viên chính thức",
    "nguoi-than": "Kiểm tra quy định về bố trí người có quan hệ gia đình",
    "che-do": "Giải quyết chế độ, chính sách cho gia đình",
    "cap-nhat": "Cập nhật kê khai của chính người có hồ sơ",
}


def keeps_history(*, person: int, on: date) -> bool:
    """Whether the unit that answers for this dossier has opened the items of political history."""
    return bool(setting(name="history", unit=unit_of(person, on)))


def closed_tables(*, person: int, on: date) -> frozenset[str]:
    """Tables of this dossier that are neither shown nor written."""
    return frozenset() if keeps_history(person=person, on=on) else frozenset({HISTORY_TABLE})


__all__ = ["CLOSED_COLUMNS", "HISTORY_TABLE", "PURPOSES", "RELATIVE_TABLE", "closed_tables", "keeps_history"]
