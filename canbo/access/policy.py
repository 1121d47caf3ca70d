"""The one table of rights: role → what it may do, and which groups of fields it may read."""

from dataclasses import dataclass

GROUPS: dict[str, str] = {
    "basic": "Thông tin cơ bản",
    "contact": "Liên hệ",
    "identity": "Số định danh",
    "party": "Đảng",
    "qualification": "Trình độ",
    "career": "Quá trình công tác",
    "pay": "Lương, phụ cấp",
    "evaluation": "Đánh giá, xếp loại",
    "discipline": "Kỷ luật",
    "planning": "Quy hoạch",
    "training": "Đào tạo, bồi dưỡng",
    "religion": "Tôn giáo",
    "family": "Gia đình",
    "health": "Sức khỏe",
    "assets": "Kê khai tài sản",
    "history": "Lịch sử bản thân (kết luận)",
}
ACTIONS: dict[str, str] = {
    "dossier.read": "xem hồ sơ",
    "dossier.read_own": "xem hồ sơ của chính mình",
    "dossier.write": "ghi hồ sơ",
    "dossier.merge": "nhập hai hồ sơ làm một",
    "import.read": "đọc thử danh sách",
    "import.write": "ghi danh sách vào hồ sơ",
    "statistics.read": "xem thống kê",
    "export": "xuất danh sách",
    "organization.write": "sửa đơn vị, chức danh",
    "users.write": "quản lý tài khoản",
    "log.read": "xem nhật ký",
    "system.check": "kiểm tra hệ thống",
}
_WORKING = frozenset(GROUPS) - {"history", "health", "assets", "family", "religion"}


@dataclass(frozen=True)
class Role:
    label: str
    actions: frozenset[str]
    groups: frozenset[str]


def _role(label: str, actions: str, groups: frozenset[str]) -> Role:
    return Role(label, frozenset(actions.split()), groups)


ROLES: dict[str, Role] = {
    "can-bo-to-chuc": _role(
        "Cán bộ tổ chức",
        "dossier.read dossier.read_own dossier.write dossier.merge import.read import.write statistics.read export"
        " organization.write",
        frozenset(GROUPS),
    ),
    "can-bo-don-vi": _role(
        "Cán bộ phụ trách hồ sơ của đơn vị",
        "dossier.read dossier.read_own dossier.write import.read statistics.read export",
        _WORKING - {"planning", "discipline"},
    ),
    "lanh-dao": _role(
        "Lãnh đạo", "dossier.read dossier.read_own statistics.read export", _WORKING - {"identity", "contact", "pay"}
    ),
    "thong-ke": _role(
        "Người làm thống kê",
        "statistics.read",
        frozenset({"basic", "party", "qualification", "career", "training", "religion"}),
    ),
    "ca-nhan": _role("Cá nhân", "dossier.read_own", frozenset(GROUPS)),
    "kiem-tra": _role("Kiểm tra, giám sát", "dossier.read log.read system.check statistics.read", _WORKING),
    "quan-tri": _role("Quản trị hệ thống", "users.write log.read system.check", frozenset()),
}
# The local administrator of a data folder: who can run the command line there can read the database file anyway.
LOCAL = Role("Quản trị tại máy", frozenset(ACTIONS), frozenset(GROUPS))
