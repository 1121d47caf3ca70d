"""What short lower headings mean under a group heading: `Nam` and `Nữ` under Ngày sinh, `Bậc` under Lương."""

Leaf = tuple[frozenset[str], str, str]  # (texts, accented or folded), field, what a mark or the column says


def _leaf(texts: str, field: str, value: str = "") -> Leaf:
    return frozenset(texts.split("|")), field, value


_LEVEL = "trình độ|trinh do|mức|muc do|loại|chứng chỉ|chung chi|cao nhất|trinh do cao nhat|cap do|bằng|van bang"
_FROM = "từ|tu|từ ngày|tu ngay|bắt đầu|bat dau|từ tháng|tu thang nam|tu nam|ngay bat dau"
_TO = "đến|den|đến ngày|den ngay|kết thúc|ket thuc|den thang|den thang nam|den nam|ngay ket thuc"
_NUMBER = "số|so|số qđ|so quyet dinh|so ky hieu"
_DAY = (
    "ngày|ngày tháng|ngay thang|ngày tháng năm|ngay thang nam|ngày qđ|ngay quyet dinh|ngày ban hành"
    "|ngay ban hanh|ngay ky"
)

_PLACE = (
    ("xã|xa|xã/phường|xa phuong|xã, phường|phường|phường xã|xa phuong thi tran|phuong xa", "1"),
    ("huyện|huyen|quận/huyện|quan huyen|huyện/quận|huyen quan|huyen thi xa|huyen quan thi xa thanh pho", "2"),
    ("tỉnh|tinh|tỉnh/tp|tinh tp|tỉnh/thành phố|tinh thanh pho|thành phố", "3"),
)


def _place(field: str) -> tuple[Leaf, ...]:
    """A place written in columns of its own for commune, district and province; the value orders them."""
    return tuple(_leaf(texts, field, order) for texts, order in _PLACE)


LEAVES: dict[str, tuple[Leaf, ...]] = {
    "native_place": _place("native_place"),
    "residence": _place("residence"),
    "birth_place": _place("birth_place"),
    "birth": (
        _leaf("nam", "birth", "nam"),
        _leaf("nữ|nu", "birth", "nu"),
        _leaf("ngày|ngay|ngày sinh", "birth_day"),
        _leaf("tháng|thang|tháng sinh", "birth_month"),
        _leaf("năm|năm sinh", "birth_year"),
    ),
    "sex": (_leaf("nam", "sex", "nam"), _leaf("nữ|nu", "sex", "nu")),
    "full_name": (
        _leaf("họ|ho|họ đệm|ho dem|họ và đệm|ho va dem|họ và tên đệm|họ lót|ho lot", "family_name"),
        _leaf("tên|ten", "given_name"),
    ),
    "degree": (
        _leaf(_LEVEL, "degree"),
        _leaf("ngành|nganh|chuyên ngành|chuyen nganh", "degree_field"),
        _leaf("trường|truong|cơ sở|noi dao tao", "degree_institution"),
        _leaf("năm|năm tốt nghiệp|năm tn|nam tot nghiep|nam cap", "degree_year"),
        _leaf("hệ|he|hình thức|hinh thuc", "training_form"),
        _leaf("sau đại học|sau dai hoc|trên đại học|tren dai hoc|sau đh|trên đh|sdh", "degree", "thac-si"),
    ),
    "political_theory": (_leaf(_LEVEL, "political_theory"),),
    "state_management": (_leaf(_LEVEL + "|ngạch|ngach|chương trình", "state_management"),),
    "it_level": (_leaf(_LEVEL, "it_level"),),
    "general_education": (_leaf(_LEVEL + "|lớp|lop", "general_education"),),
    "foreign_language": (
        _leaf(_LEVEL + (
            "|tên ngoại ngữ|ten ngoai ngu|ngoai ngu|loai ngoai ngu|tên|ngoại ngữ khác|khac"
        ), "foreign_language"),
        _leaf("tiếng anh|tieng anh|anh văn|anh van|anh|anh ngữ", "foreign_language", "Tiếng Anh"),
        _leaf("dân tộc|tiếng dân tộc|tieng dan toc", "ethnic_language"),
    ),
    "party_joined": (
        _leaf(
            "dự bị|du bi|kết nạp|ket nap|ngày kết nạp|ngay ket nap|vào đảng|vao dang|ngày vào|ngay vao"
            "|ngày dự bị|ngay du bi|ngày"
        , "party_joined"),
        _leaf("chính thức|chinh thuc|ngày chính thức|ngay chinh thuc|ct", "party_official"),
    ),
    "party_member": (
        _leaf("dự bị|du bi|ngày vào|ngay vao|ngày kết nạp|ngay ket nap|kết nạp", "party_joined"),
        _leaf("chính thức|chinh thuc|ngày chính thức|ngay chinh thuc", "party_official"),
    ),
    "position": (
        _leaf("đảng|dang|trong đảng|về đảng|trong dang|cấp ủy|cap uy", "party_position"),
        _leaf(
            "chính quyền|chinh quyen|hiện tại|hien tai|hiện nay|hien nay|chuyên môn|chuyen mon|tên|công tác"
        , "position"),
    ),
    "rank_name": (
        _leaf("mã|ma|mã số|ma so|mã ngạch|ma ngach", "rank_code"),
        _leaf("tên|ten|ngạch|ngach|tên ngạch|ten ngach", "rank_name"),
        _leaf("bậc|bac|bậc lương", "pay_step"),
        _leaf("hệ số|he so|hs", "coefficient"),
        _leaf(
            "ngày hưởng|ngay huong|thời gian hưởng|thoi gian huong|thời điểm|thoi diem|từ|từ ngày|ngày"
            "|ngày bổ nhiệm|mốc|ngay bo nhiem"
        , "rank_on"),
    ),
    "rating": (
        _leaf("đảng viên|dang vien|đảng|dang|về đảng|đv|dv", "rating", "dang-vien"),
        _leaf("chính quyền|chinh quyen|công chức|cong chuc|cán bộ|can bo|viên chức|chuyên môn|cbcc|cbccvc|cc|cc, vc|vc", "rating"),
        _leaf("mức|muc|kết quả|ket qua|xếp loại|xep loai|loại", "rating"),
        _leaf("năm|nam", "rating_year"),
    ),
    "discipline": (
        _leaf("hình thức|hinh thuc|mức|loại|hinh thuc ky luat", "discipline"),
        _leaf(_DAY + "|thời gian|thoi gian|thời điểm|thoi diem|" + _FROM, "discipline_on"),
        _leaf(_TO + "|hết hạn|het han|hết hiệu lực|het hieu luc|ngày hết hạn", "discipline_end"),
        _leaf(_NUMBER, "decision_number"),
        _leaf("cấp|cơ quan|co quan|cấp quyết định|cap quyet dinh", "body"),
    ),
    "planned_for": (
        _leaf("chức danh|chuc danh|chức vụ|chuc vu|chuc danh quy hoach|vị trí", "planned_for"),
        _leaf("nhiệm kỳ|nhiem ky|giai đoạn|giai doan", "term"),
        _leaf(_NUMBER, "decision_number"),
        _leaf(_DAY, "decision_date"),
        _leaf("đối tượng|doi tuong|diện|dien|loại|lan dau bo sung", "plan_class"),
    ),
    "training_name": (
        _leaf("tên|ten|lớp|lop|nội dung|noi dung|tên lớp|ten lop|chương trình|khóa|khoa", "training_name"),
        _leaf(_FROM, "training_from"),
        _leaf(_TO, "training_to"),
        _leaf("hình thức|hinh thuc|hệ", "training_form"),
        _leaf("kết quả|ket qua|xếp loại|xep loai", "training_result"),
        _leaf("loại|loai|loại hình|loai hinh", "training_kind"),
        _leaf("thời gian|thoi gian", "training_from"),
    ),
    "training_from": (_leaf(_FROM, "training_from"), _leaf(_TO, "training_to")),
    "appointed_on": (_leaf(_FROM, "start"), _leaf(_TO, "end")),
    "decision_number": (
        _leaf(_NUMBER, "decision_number"),
        _leaf(_DAY, "decision_date"),
        _leaf("cơ quan|co quan|cơ quan ban hành|co quan ban hanh|cấp|cấp ban hành|nơi ban hành|người ký", "body"),
    ),
    "personal_id": (_leaf("số|so|mã số|ma so|mã|so the", "personal_id"),),
    "unit": (
        _leaf("tên|ten|tên đơn vị|hiện nay|hiện tại|xã|xa|phường|xa phuong|phòng|phong", "unit"),
        _leaf("tỉnh|tinh|thành phố|tinh thanh pho|tinh tp", "unit_province"),
    ),
}  # fmt: skip

# Group headings that are no field themselves, as words → the group whose leaves they hold.
SAME_GROUP_LEAVES: dict[str, frozenset[tuple[str, ...]]] = {
    group: frozenset(tuple(text.split()) for text in texts.split("|"))
    for group, texts in {
        "rank_name": "luong|ngach bac luong|ngach luong|luong hien huong|ngach bac|ngach bac luong hien huong"
        "|luong hien nay|ngach bac luong hien nay|he so luong|bac luong|tien luong|muc luong",
        "degree": "trinh do chuyen mon|trinh do dao tao|chuyen mon|van bang|bang cap|trinh do|trinh do hoc van",
        "party_joined": "dang vien|ngay vao dang|ket nap dang|thong tin dang|thong tin ve dang|dang",
        "appointed_on": (
            "thoi gian giu chuc vu|thoi gian cong tac|thoi gian|thoi gian dam nhiem|thoi gian bo nhiem|thoi gian giu"
        ),
        "training_from": "thoi gian|thoi gian hoc|thoi gian dao tao|thoi gian dao tao boi duong|thoi gian boi duong",
        "decision_number": (
            "quyet dinh|quyet dinh bo nhiem|quyet dinh ky luat|quyet dinh phe duyet|quyet dinh cu di hoc"
        ),
        "rating": "xep loai|ket qua xep loai|danh gia xep loai|ket qua danh gia|cac nam",
    }.items()
}

# A group heading made of nothing but these words is about pay (`Ngạch, bậc, hệ số lương hiện hưởng`).
_PAY = (
    "ngach bac he so luong ma tien muc hang hien huong nay giu dang xep va chuc danh nghe nghiep cong vien cdnn tai"
    " duoc thoi diem ngay"
)
PAY_WORDS = frozenset(_PAY.split())

# Leaves that mean nothing without the heading above them.
_GENERIC = (
    "nu|xa|huyen|tinh|thanh pho|tinh thanh pho|tinh tp|phuong|xa phuong"
    "|trinh do|nam|ngay|thang|so|loai|hinh thuc|he|tu|den|ten|muc|ket qua|chung chi|don vi|cap|ma|ma so|tu ngay"
    "|den ngay|khac|nganh|truong|thoi gian|van bang|chinh quyen|dang|co quan|bac|hien tai|hien nay|doi tuong|dien"
    "|chuc danh|chuc vu|xep loai|trung cap|cao cap|so cap|dai hoc|cao dang|cu nhan|ngay cap|noi cap|can bo|cong chuc"
    "|vien chuc|chuyen mon|dang vien|tieng anh"
)
GENERIC_LEAVES = frozenset(tuple(text.split()) for text in _GENERIC.split("|"))
