"""What the reader of a list asked, read from the address; nothing typed is lost, and the address says it all again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from canbo.web.desk import Desk, day_of
from canbo.web.tree import UnitTree

# Search, unit, own unit only, state, body, filter, day, columns, order, people picked.
NAMES = ("tim", "dv", "pv", "tt", "bo", "loc", "ngay", "cot", "xep", "chon")
ALL = "tat-ca"
MOST_PICKED = 300


@dataclass(frozen=True)
class Question:
    """What the reader asked; `errors` holds one sentence per field, beside the text she typed."""

    on: date
    text: str = ""
    unit: int | None = None
    own_unit: bool = False
    state: str = ""
    body: int | None = None
    where: str = ""
    columns: tuple[str, ...] = ()
    order: str = ""
    picked: tuple[int, ...] = ()
    all_picked: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The parameters of this question, in one order, for hidden fields."""
        return [(name, self.typed[name]) for name in NAMES if self.typed.get(name) and name not in without]

    def query(self, **changes: str) -> str:
        """The query string of this question with some parameters set anew; an empty one is left out."""
        asked = {**self.typed, **changes}
        return urlencode([(name, asked[name]) for name in (*NAMES, *(set(changes) - set(NAMES))) if asked.get(name)])


def question_of(data: Mapping[str, str], *, desk: Desk, tree: UnitTree) -> Question:
    """The query string, read."""
    typed = {name: data.get(name, "").strip() for name in NAMES}
    errors: dict[str, str] = {}
    on, errors["ngay"] = day_of(typed["ngay"], desk.today)
    unit, errors["dv"] = tree.find(typed["dv"])
    errors["tim"] = _search_error(typed["tim"], desk)
    picked, errors["chon"] = _picked(typed["chon"])
    return Question(
        on=on, text=typed["tim"], unit=unit, own_unit=typed["pv"] == "don-vi", state=typed["tt"], where=typed["loc"],
        body=int(typed["bo"]) if typed["bo"].isdecimal() and len(typed["bo"]) < 10 else None,
        columns=tuple(name for name in typed["cot"].split(",") if name), order=typed["xep"],
        picked=picked, all_picked=typed["chon"] == ALL,
        typed=typed, errors={name: text for name, text in errors.items() if text},
    )  # fmt: skip


def _search_error(text: str, desk: Desk) -> str:
    if text.isdigit() and not desk.scope.sees_group("identity"):
        return "Vai trò đang dùng chưa được giao quyền tìm theo số định danh; hãy tìm theo họ tên."
    if text.isdigit() and len(text) != 12:
        return f"Số định danh gồm 12 chữ số; bạn đã nhập {len(text)}."
    return ""


def _picked(text: str) -> tuple[tuple[int, ...], str]:
    """Keys of picked people as the address holds them: `12.15.18`."""
    if text in ("", ALL):
        return (), ""
    parts = text.split(".")
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        return (), "Không đọc được những người đã chọn; hãy chọn lại."
    if len(parts) > MOST_PICKED:
        return (), f"Mỗi lần chọn từng người được nhiều nhất {MOST_PICKED} người; hãy lọc rồi chọn tất cả."
    return tuple(dict.fromkeys(int(part) for part in parts)), ""


def picked_text(keys: list[int]) -> str:
    return ".".join(map(str, keys))
