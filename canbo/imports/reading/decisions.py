"""Which decision a number, a day or a body belongs to: that of the list's own matter, or another one that is no field of ours."""

import re

from canbo.imports.reading.headings import heading_words

_FIELDS = frozenset({"decision_number", "decision_date", "body"})
# What a decision may be about → kinds of list whose rows such a decision makes.
_ABOUT: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (pattern, frozenset(kinds.split()))
    for pattern, kinds in (
        (r"bo nhiem ngach|tuyen dung|nang luong|nang bac|xep luong|huong luong|chuyen ngach|nang ngach|nghi huu|thoi viec", ""),
        (r"nghi viec|khen thuong|ket nap|chuyen dang|bien che|hop dong|tiep nhan|thanh lap|giai the|thu hoi|thi nang", ""),
        (r"bo nhiem|dieu dong|luan chuyen|biet phai|mien nhiem|phan cong|chuan y|phe chuan|bau cu|giu chuc|chi dinh", "posts"),
        (r"ky luat|xu ly", "discipline"),
        (r"phe duyet|quy hoach", "planning"),
        (r"cu di|dao tao|boi duong|mo lop|trieu tap|cap bang|chung chi", "training qualifications"),
        (r"danh gia|xep loai", "ratings"),
    )
)  # fmt: skip


def is_of_another(field: str, path: tuple[str, ...], *, kind: str | None) -> bool:
    """`Số quyết định tuyển dụng` is never the decision of a list's own rows. Before the kind is known nothing is excluded."""
    if field not in _FIELDS or kind is None:
        return False
    words = " ".join(heading_words(" ".join(path)))
    kinds = next((kinds for pattern, kinds in _ABOUT if re.search(rf"\b(?:{pattern})\b", words)), None)
    return kinds is not None and kind not in kinds
