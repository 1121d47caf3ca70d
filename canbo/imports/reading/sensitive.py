"""Columns that are never brought in by the list: what the law lets stand only in one dossier at a time, or nowhere."""

import re

from canbo.kernel.text import fold

# Items 11 and 34 of the CV, the history of relatives, and what a doctor found: a heading about one of these is refused.
_REFUSED: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:lich su (?:ban than|chinh tri)|dac diem lich su|chinh tri hien nay cua|bi bat|bi tu\b|che do cu|nguy quan|nguy quyen"
        r"|to chuc (?:nao )?(?:o )?nuoc ngoai|than nhan (?:dang )?o nuoc ngoai|yeu to nuoc ngoai|van de chinh tri"
        r"|tieu chuan chinh tri|quy dinh 126|ket luan (?:ve )?(?:tccn|tieu chuan chinh tri)|khai ro)\b",
        "lịch sử bản thân, lịch sử chính trị (mục 11, 34)",
    ),
    (
        r"(?:lich su|chinh tri|qua khu|che do cu|tien an|pham toi).{0,40}\b(?:cha|me|vo|chong|anh em|gia dinh|than nhan|ho hang)\b"
        r"|\b(?:lich su|qua khu) (?:gia dinh|than nhan)\b|\btien an tien su\b|\btien an\b",
        "lịch sử của người thân",
    ),
    (
        r"\b(?:benh (?:ly|tat|man tinh|hiem ngheo|su|nen)|tien su benh|chan doan|tinh trang suc khoe|tinh hinh suc khoe|mac benh|ten benh"
        r"|dieu tri benh|tinh trang benh|nhom mau|chieu cao|can nang|thuong tat|suc khoe)\b|^benh$",
        "sức khỏe, chẩn đoán",
    ),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), what) for pattern, what in _REFUSED)


def refusal_of(heading: str) -> str:
    """Why a column of this heading is not brought in; "" for any other column."""
    text = " ".join(fold(heading).replace("/", " ").split())
    what = next((what for pattern, what in _PATTERNS if pattern.search(text)), "")
    if not what:
        return ""
    return (
        f"Cột “{heading}” thuộc {what}: không nhập theo danh sách, cũng không giữ làm cột riêng; "
        "nếu được phép, hãy ghi kết luận trong từng hồ sơ."
    )
