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
    "declaration.run": "mở đợt kê khai, xét mục đã khai",
    "papers.read": "xem văn bản của đơn vị",
    "papers.write": "soạn, ban hành văn bản",
    "standards.read": "rà soát tiêu chuẩn chức danh",
    "cases.read": "xem việc làm theo quy trình, đợt đánh giá",
    "cases.write": "chuẩn bị, ghi các bước của quy trình",
    "cases.decide": "ghi quyết định, trả lại, chọn khi phiếu bằng nhau",
    "cases.own": "tự đánh giá, nộp phần của mình",
    "evaluation.run": "mở, đóng đợt đánh giá",
    "evaluation.track": "theo dõi, chấm điểm hằng tháng",
    "planning.run": "mở, tiếp nhận, đóng đợt quy hoạch",
    "disclosure.read": "xem danh sách được công khai, góp ý",
    "disclosure.publish": "công khai danh sách, xem và trả lời góp ý",
    "statistics.read": "xem thống kê",
    "export": "xuất danh sách",
    "organization.write": "sửa đơn vị, chức danh",
    "settings.write": "đặt cấu hình của cơ quan",
    "users.write": "quản lý tài khoản",
    "log.read": "xem nhật ký",
    "system.check": "kiểm tra hệ thống",
}
_WORKING = frozenset(GROUPS) - {"history", "health", "assets", "family", "religion"}


_DUTIES = "dossier.read dossier.read_own statistics.read papers.read standards.read cases.read cases.own disclosure.read"
_KEEPING = (
    f"{_DUTIES} dossier.write import.read import.write export declaration.run papers.write cases.write cases.decide evaluation.run"
)
# The offices that keep the planning make it known.
_PLANNING = "planning.run disclosure.publish"
_STATE_KEEPING = frozenset(GROUPS) - {"planning", "history", "assets"}
_OFFICE = frozenset({"basic", "contact", "qualification", "career"})
SIDES = {"dang": "Đảng", "nha-nuoc": "Nhà nước", "": "chung"}
LEVELS = {"tinh": "tỉnh", "xa": "xã"}


@dataclass(frozen=True)
class Role:
    """`note` says in one sentence for whom the role is and what it leaves out; `side` and `levels`, where it exists."""

    label: str
    actions: frozenset[str]
    groups: frozenset[str]
    note: str = ""
    side: str = ""
    levels: tuple[str, ...] = ("tinh", "xa")


def _role(
    label: str, actions: str, groups: frozenset[str], note: str = "", side: str = "", levels: tuple[str, ...] = ("tinh", "xa")
) -> Role:
    return Role(label, frozenset(actions.split()), groups, note, side, levels)


ROLES: dict[str, Role] = {
    "can-bo-to-chuc": _role(
        "Cán bộ tổ chức",
        f"{_KEEPING} {_PLANNING} dossier.merge organization.write settings.write",
        frozenset(GROUPS),
        "Người làm công tác tổ chức cán bộ của một nơi chỉ có một bộ phận tổ chức chung; xem và ghi mọi nhóm thông tin.",
    ),
    "can-bo-don-vi": _role(
        "Cán bộ phụ trách hồ sơ của đơn vị",
        f"{_DUTIES} dossier.write import.read export declaration.run papers.write cases.write evaluation.track",
        _WORKING - {"planning", "discipline"},
        "Người giữ hồ sơ của một đơn vị; đọc thử danh sách nhưng để cơ quan tổ chức ghi, không xem quy hoạch và kỷ luật.",
    ),
    "lanh-dao": _role(
        "Lãnh đạo", f"{_DUTIES} export cases.decide evaluation.track", _WORKING - {"identity", "contact", "pay"},
        "Người quyết định; xem để quyết định, không ghi hồ sơ, không cần số định danh, liên hệ và lương.",
    ),
    "thong-ke": _role(
        "Người làm thống kê",
        "statistics.read",
        frozenset({"basic", "party", "qualification", "career", "training", "religion"}),
        "Người chỉ lập biểu; thấy số liệu, không mở hồ sơ của ai.",
    ),
    "ca-nhan": _role(
        "Cá nhân", "dossier.read_own cases.own disclosure.read", frozenset(GROUPS),
        "Mỗi người xem hồ sơ của mình, tự kê khai khi có đợt, xem danh sách được công khai ở nơi mình làm việc; "
        "không thấy hồ sơ của ai khác.",
    ),
    "kiem-tra": _role(
        "Kiểm tra, giám sát", "dossier.read standards.read log.read system.check statistics.read cases.read disclosure.read", _WORKING,
        "Đoàn kiểm tra việc giữ hồ sơ; xem hồ sơ và nhật ký, không ghi.",
    ),
    "quan-tri": _role(
        "Quản trị hệ thống", "users.write log.read system.check", frozenset(),
        "Người giữ tài khoản và máy; không xem hồ sơ của ai.",
    ),
    "ban-to-chuc": _role(
        "Ban Tổ chức", f"{_KEEPING} {_PLANNING} dossier.merge organization.write settings.write", frozenset(GROUPS),
        "Ban Tổ chức Tỉnh ủy tham mưu toàn bộ công tác cán bộ của tỉnh, nên xem và ghi mọi nhóm thông tin.", "dang", ("tinh",),
    ),
    "ban-xay-dung-dang": _role(
        "Ban Xây dựng Đảng", f"{_KEEPING} {_PLANNING} dossier.merge organization.write", frozenset(GROUPS) - {"history"},
        "Ban Xây dựng Đảng của Đảng ủy xã giữ hồ sơ cán bộ của xã; lịch sử chính trị và cấu hình do cấp tỉnh giữ.",
        "dang", ("xa",),
    ),
    "van-phong-cap-uy": _role(
        "Văn phòng cấp ủy", f"{_DUTIES} papers.write", _OFFICE | {"party"},
        "Văn phòng Tỉnh ủy, Đảng ủy chuẩn bị họp, phát hành văn bản; không xem đánh giá, kỷ luật, quy hoạch.",
        "dang",
    ),
    "uy-ban-kiem-tra": _role(
        "Ủy ban Kiểm tra", f"{_DUTIES} log.read",
        frozenset({"basic", "party", "career", "qualification", "evaluation", "discipline", "assets"}),
        "Ủy ban Kiểm tra xem kỷ luật, đánh giá, kê khai tài sản và nhật ký; không ghi, không xem quy hoạch, lương, gia đình.", "dang",
    ),
    "so-noi-vu": _role(
        "Sở Nội vụ", f"{_KEEPING} dossier.merge organization.write", _STATE_KEEPING,
        "Sở Nội vụ giữ hồ sơ công chức, viên chức khối chính quyền; không xem quy hoạch của Đảng, lịch sử chính trị và bản kê tài sản.",
        "nha-nuoc", ("tinh",),
    ),
    "phong-van-hoa-xa-hoi": _role(
        "Phòng Văn hóa – Xã hội", _KEEPING, _STATE_KEEPING - {"health", "religion"},
        "Phòng Văn hóa – Xã hội làm phần nội vụ của Ủy ban nhân dân xã; giữ hồ sơ công chức xã, không xem quy hoạch, sức khỏe, tôn giáo.",
        "nha-nuoc", ("xa",),
    ),
    "van-phong-hdnd-ubnd": _role(
        "Văn phòng HĐND và UBND", f"{_DUTIES} papers.write", _OFFICE,
        "Văn phòng phục vụ HĐND, UBND tỉnh hoặc xã: mời họp, phát hành văn bản; chỉ xem chức vụ, trình độ và liên hệ.", "nha-nuoc",
    ),
}  # fmt: skip
# The local administrator of a data folder: who can run the command line there can read the database file anyway.
LOCAL = Role("Quản trị tại máy", frozenset(ACTIONS), frozenset(GROUPS))
