"""Whether a folder holds the demonstration, and whether it also holds a real list: then demonstration accounts are refused."""

from typing import Any

from canbo.dossier.models import Employment, Source

DEMONSTRATION, LIST = "trinh-dien", "list"
# Lists to practise with, by file name: bringing them in does not make the folder a real one.
SAMPLE = "Danh sách trích ngang mẫu"
PRACTICE = (SAMPLE, "chuong_my_31122023", "tan_phong_2023")
REFUSED = (
    "Thư mục dữ liệu này đã có danh sách thật nên tài khoản trình diễn “{username}” (mật khẩu ai cũng biết) không dùng được nữa. "
    "Người quản trị tạo tài khoản thật tại máy chủ bằng: python3 run user create TÊN, rồi python3 run user grant TÊN VAI_TRÒ --unit MÃ."
)
BANNER = "Dữ liệu trình diễn – người không có thật"


def has_demonstration() -> bool:
    """Whether invented people are in the folder."""
    return Source.objects.filter(kind=DEMONSTRATION).exists()


def has_real_list() -> bool:
    """Whether a list brought in somebody who is not of the demonstration.

    An invented person's list, edited and brought in again, is practice, and so are the lists the program offers.
    """
    rows = list(Source.objects.filter(kind=LIST).values_list("pk", "name"))
    practice = [pk for pk, name in rows if name.removesuffix(".xlsx") in PRACTICE]
    lists = [pk for pk, _ in rows if pk not in practice]
    if not lists:
        return False
    invented = Employment.objects.filter(source__kind=DEMONSTRATION) | Employment.objects.filter(source__in=practice)
    return Employment.objects.filter(source__in=lists).exclude(person__in=invented.values("person")).exists()


def refusal_of(user: Any) -> str | None:
    """Why this account may not be used; None when it may."""
    if not getattr(user, "demonstration", False) or not has_real_list():
        return None
    return REFUSED.format(username=user.username)
