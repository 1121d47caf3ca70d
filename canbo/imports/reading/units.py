"""Which unit a row belongs to when no column says so: the group it stands under, the sheet, a line above the table."""

import re
from collections.abc import Iterable

from canbo.kernel.text import clean, search_form

_COMMUNE = r"(?:xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|đặc khu)"
_KINDS = (
    r"|ubnd|hđnd|ủy ban|uỷ ban|hội đồng nhân dân|sở|ban|phòng|văn phòng|trung tâm|chi cục|cục|đảng ủy|đảng uỷ|đảng bộ"
    r"|chi bộ|hội|liên minh|liên đoàn|đoàn|mặt trận|mttq|ubmttq|ub mttq|trường|công an|tòa án|toà án|viện|thanh tra"
    r"|huyện ủy|tỉnh ủy|thành ủy|thư viện|bảo tàng|bệnh viện|trạm|hạt|kho bạc|cơ quan|tổ|đội"
)
_UNIT = re.compile(rf"^(?:{_COMMUNE}{_KINDS})\b")
_NOT_UNIT = re.compile(
    r"\b(?:lãnh đạo|cán bộ|công chức|viên chức|nhân viên|bí thư|chủ tịch|giám đốc|trưởng|ủy viên"
    r"|chức danh|quy hoạch|khối|các)\b"
)
_NAMED = re.compile(r"(?:^|\b)(?:đơn vị|cơ quan|tên đơn vị|cơ quan, đơn vị)\s*:\s*(?P<unit>[^:…\n]{3,80})$", re.I)
_COMMUNE_OFFICE = re.compile(
    r"^(?:ubnd|hđnd|ủy ban nhân dân|uỷ ban nhân dân|đảng ủy|đảng uỷ)\s+(?P<unit>(?:xã|phường|thị trấn|đặc khu)\s+\S.{1,30})$"
)
_AT_END = re.compile(
    r"\b(?P<unit>(?:xã|phường|thị trấn|đặc khu)(?:\s+(?!nhiệm\b|năm\b|quý\b)[^\W\d_][^\W_]*){1,4})$", re.I
)
_COUNT = re.compile(r"\s*[(\[:]?\s*\d+\s*(?:người|đồng chí|đ/c|cán bộ|công chức|biên chế)?\s*[)\]]?\s*$")
_PLAIN_SHEET = re.compile(r"^(?:sheet|trang|trang tính|bảng|bang|ds|danh sách|csv|data|dữ liệu)[\s_]*\d*$", re.I)


def group_title(text: str) -> str:
    """A group's text without the count behind it (`Phòng Nội vụ (12 người)`)."""
    text = clean(text).rstrip(" :")
    return _COUNT.sub("", text).rstrip(" :-") or text if re.search(r"\(\s*\d+[^)]*\)$", text) else text


def tidy_unit(text: str) -> str:
    """`THỊ TRẤN CHÚC SƠN` → `Thị trấn Chúc Sơn`; other capitals cannot be undone and stay."""
    text = clean(text)
    found = re.match(rf"^({_COMMUNE})\s+(.+)$", search_form(text))
    if not text.isupper() or found is None:
        return text
    size = len(found[1])
    return text[:size].capitalize() + " " + text[size:].strip().title()


def is_unit(text: str) -> bool:
    spoken = search_form(text)
    return bool(_UNIT.match(spoken)) and not (_NOT_UNIT.search(spoken) and not _UNIT.match(spoken))


def unit_of_groups(groups: Iterable[str]) -> str | None:
    """The innermost group that names a unit (a group such as `Khối Đảng` or `Lãnh đạo` does not)."""
    units = [text for text in groups if is_unit(text)]
    return tidy_unit(units[-1]) if units else None


def unit_of_sheet(name: str) -> str | None:
    """A sheet named after a unit, when names of sheets are units."""
    name = clean(name.replace("_", " "))
    return tidy_unit(name) if not _PLAIN_SHEET.match(name) and is_unit(name) else None


def unit_of_titles(titles: Iterable[str]) -> str | None:
    """`Đơn vị: …` above the table, or the commune a title ends with (`… CÔNG CHỨC PHƯỜNG TÂN PHONG`)."""
    titles = list(titles)
    for title in titles:
        if found := _NAMED.search(clean(title)):
            return tidy_unit(found["unit"].strip(" ."))
    for title in titles:
        spoken = search_form(title)
        if "danh sách" in spoken and "cấp xã" not in spoken and (found := _AT_END.search(clean(title))):
            return tidy_unit(found["unit"])
    for title in titles:
        if found := _COMMUNE_OFFICE.match(search_form(title)):
            return tidy_unit(clean(title)[found.start("unit") :].upper())
    return None
