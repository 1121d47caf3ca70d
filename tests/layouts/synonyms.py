"""Other words officials put above the same column."""

from __future__ import annotations

from random import Random

SYNONYMS: dict[str, tuple[str, ...]] = {
    "full_name": ("Họ và tên", "Họ tên", "Họ, tên", "Họ và tên cán bộ", "Họ và tên CBCC", "HỌ TÊN"),
    "birth": ("Ngày sinh", "Ngày tháng năm sinh", "Sinh ngày", "Ngày, tháng, năm sinh", "Năm sinh"),
    "sex": ("Giới tính", "GT", "Giới tính (Nam/Nữ)"),
    "ethnicity": ("Dân tộc", "D.tộc", "Thành phần dân tộc"),
    "religion": ("Tôn giáo", "T.giáo"),
    "native_place": ("Quê quán", "Quê quán (xã, huyện, tỉnh)", "Nguyên quán"),
    "birth_place": ("Nơi sinh",),
    "residence": ("Nơi ở hiện nay", "Chỗ ở hiện nay", "Nơi cư trú"),
    "personal_id": ("Số CCCD", "Số định danh cá nhân", "Căn cước công dân", "Số căn cước"),
    "phone": ("Số điện thoại", "Điện thoại", "SĐT", "ĐT liên hệ"),
    "unit": ("Đơn vị", "Đơn vị công tác", "Cơ quan, đơn vị", "Cơ quan công tác"),
    "position": ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ hiện tại"),
    "party_position": ("Chức vụ Đảng", "Chức vụ trong Đảng"),
    "party_joined": ("Ngày vào Đảng", "Ngày vào Đảng (dự bị)", "Ngày kết nạp Đảng"),
    "party_official": ("Ngày vào Đảng chính thức", "Ngày chính thức"),
    "general_education": ("Giáo dục phổ thông", "Trình độ văn hóa", "Văn hóa phổ thông"),
    "degree": ("Trình độ chuyên môn", "Chuyên môn", "Trình độ CM", "Chuyên môn nghiệp vụ"),
    "degree_field": ("Chuyên ngành", "Chuyên ngành đào tạo", "Ngành đào tạo"),
    "degree_institution": ("Cơ sở đào tạo", "Nơi đào tạo", "Trường đào tạo"),
    "degree_year": ("Năm tốt nghiệp",),
    "political_theory": ("Lý luận chính trị", "LLCT", "Trình độ LLCT", "Trình độ lý luận chính trị"),
    "state_management": ("Quản lý nhà nước", "QLNN", "Bồi dưỡng QLNN"),
    "it_level": ("Tin học", "Trình độ tin học"),
    "foreign_language": ("Ngoại ngữ", "Trình độ ngoại ngữ"),
    "rank_code": ("Mã ngạch", "Mã số ngạch"),
    "rank_name": ("Ngạch", "Tên ngạch", "Ngạch công chức"),
    "pay_step": ("Bậc", "Bậc lương"),
    "coefficient": ("Hệ số", "Hệ số lương"),
    "recruited_on": ("Ngày tuyển dụng", "Ngày được tuyển dụng"),
    "planned_for": ("Chức danh quy hoạch", "Quy hoạch chức danh", "Chức danh được quy hoạch"),
    "term": ("Nhiệm kỳ", "Giai đoạn quy hoạch"),
    "discipline": ("Hình thức kỷ luật", "Hình thức xử lý kỷ luật"),
    "decision_number": ("Số quyết định", "Số QĐ", "Quyết định số"),
    "training_name": ("Tên lớp", "Tên khóa đào tạo, bồi dưỡng", "Lớp bồi dưỡng", "Tên khóa học"),
    "note": ("Ghi chú", "Ghi\nchú"),
}
# Words that mean something else above another kind of list.
KEEP = frozenset({("posts", "position"), ("posts", "unit"), ("qualifications", "degree"), ("discipline", "position")})


def synonym(*, kind: str, name: str, rng: Random) -> str | None:
    """Another heading for the field, or None where the heading is better left alone."""
    if name not in SYNONYMS or (kind, name) in KEEP:
        return None
    return rng.choice(SYNONYMS[name])
