"""Degrees as people write them in one cell: `Đại học Luật; Thạc sĩ QLC`, `PGS.TS`, `Kỹ sư xây dựng`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from canbo.engine.codelists import CodeList, load_codelist
from canbo.kernel.text import clean, fold

_BREAKS = re.compile(
    r"\s*[;\n+&]\s*|\s*,\s*|\s+[-–]\s+|\.\s+(?=[A-ZĐ])|\s+và\s+(?=(?:đại học|thạc s|tiến s|cử nhân|cao đẳng|trung cấp))",
    re.I,
)
_LEADING = re.compile(
    r"^(?:(?:0?\d+|hai|một)\s+(?:bằng\s+)?|tốt nghiệp\s+|đã tốt nghiệp\s+|bằng\s+|trình độ\s+|văn bằng\s+|đh\s+(?=đại học))+",
    re.I,
)
_OF = re.compile(r"^(?:(?:chuyên ngành|ngành|về|chuyên môn|lĩnh vực)\b|[:.,\-–(\s])+", re.I)
_UNFINISHED = re.compile(
    r"\b(?:dang hoc|dang theo hoc|dang lam|hoc vien|nghien cuu sinh|ncs|du kien|chua tot nghiep|sinh vien)\b"
)
_THEORY = re.compile(r"^(?:ly luan|llct|chinh tri(?: - hanh chinh| hanh chinh)?$|hanh chinh - chinh tri)")
_SCHOOL = re.compile(r"^(?:pho thong|co so)")
_PAPERS_ONLY = re.compile(r"^(?:chung chi|chung nhan|boi duong|giay chung nhan|tap huan)\b")
_INSIDE = re.compile(
    r"\b(?:đại học|thạc s[ĩỹ]|tiến s[ĩỹ]|cao đẳng|trung cấp|sơ cấp|cử nhân|kỹ sư|đh|ths|ts|cđ)\b", re.I
)
_PROFESSOR = re.compile(r"\b(?:giao su|gs)\b")
_ASSOCIATE = re.compile(r"\b(?:pho giao su|pgs)\b")
_LONGEST_LEVEL = 6


_SLASH = re.compile(
    r"\s*/\s*(?=(?:đại học|thạc s[ĩỹ]|tiến s[ĩỹ]|cao đẳng|trung cấp|sơ cấp|cử nhân|kỹ sư|th\.?s|đh|cđ|tc)\b)", re.I
)
_HIGHER = re.compile(r"\s+(?=(?:Thạc s[ĩỹ]|Tiến s[ĩỹ]|Th\.?[Ss])\b)")
_BULLET = re.compile(r"^[-–+*•]\s*|^\d[.)]\s+")


@dataclass(frozen=True, slots=True)
class Degree:
    """One degree named in a cell: its level and what is written about its field."""

    level: str
    field: str


@dataclass(frozen=True, slots=True)
class Degrees:
    """What a cell says: every degree in order; `unplaced` is the text when no level is named at all."""

    items: tuple[Degree, ...]
    unplaced: str = ""
    note: str = ""

    @property
    def highest(self) -> Degree | None:
        ranks = load_codelist("degrees").scale
        return max(self.items, key=lambda item: (ranks.index(item.level), bool(item.field)), default=None)


@lru_cache(maxsize=20_000)
def read_degrees(text: str) -> Degrees:
    """Every degree named; a piece without a level belongs to the field of the one before it."""
    levels = load_codelist("degrees")
    text = clean(text)
    if code := levels.find(text).code:
        return Degrees((Degree(code, ""),))
    items: list[Degree] = []
    notes: list[str] = []
    for piece in _pieces(text, levels):
        found = _read_piece(piece, levels)
        if isinstance(found, Degree):
            items.append(found)
        elif found:
            notes.append(found)
        elif items:
            last = items[-1]
            items[-1] = Degree(last.level, f"{last.field}, {piece}" if last.field else piece)
    if not items and _PAPERS_ONLY.match(fold(text)):
        return Degrees(
            (Degree("chua-qua", ""),), note=f"“{text}” chỉ nêu chứng chỉ, chứng nhận nên không tính là bằng cấp"
        )
    return Degrees(tuple(items), "" if items else text, "; ".join(notes))


def join_lines(text: str) -> str:
    """A cell's lines as one: a line that begins with a degree is the next degree, any other goes on with the one before."""
    lines = [_BULLET.sub("", line) for line in map(clean, text.splitlines()) if line]
    joined = "".join(
        ("; " if _leading_level(_LEADING.sub("", line), load_codelist("degrees"))[0] else " ") + line for line in lines
    )
    return joined.lstrip("; ")


def _pieces(text: str, levels: CodeList) -> Iterator[str]:
    """Where one degree ends and the next begins: separators, a slash or a mere space before the next degree."""
    for part in (half for piece in _BREAKS.split(text) for half in _SLASH.split(piece)):
        halves = _HIGHER.split(part)
        each_told = all(_leading_level(_LEADING.sub("", half), levels)[0] for half in halves)
        yield from filter(None, map(str.strip, halves if each_told else (part,)))


def _read_piece(piece: str, levels: CodeList) -> Degree | str | None:
    """A degree, a sentence why it does not count, or None when no level is named."""
    if _UNFINISHED.search(fold(piece)):
        return f"“{piece}” chưa phải bằng đã có"
    bare = _LEADING.sub("", piece).strip(" .:")
    level, rest = _leading_level(bare, levels)
    if level is None:
        return _level_inside(bare, levels)
    folded = fold(rest)
    if _SCHOOL.match(folded):
        return f"“{piece}” là học vấn phổ thông"
    if level in ("so-cap", "trung-cap", "cao-dang") and _THEORY.match(folded):
        return f"“{piece}” là trình độ lý luận chính trị"
    return Degree(level, _OF.sub("", rest).strip(" .;:()"))


def _leading_level(text: str, levels: CodeList) -> tuple[str | None, str]:
    words = re.split(r"(?<=[^\W\d_])(?:\.\s*|[:(]\s*|\s+)", text)
    for size in range(min(len(words), _LONGEST_LEVEL), 0, -1):
        head = " ".join(words[:size])
        if code := levels.find(head.strip(" .:(")).code:
            return code, " ".join(words[size:])
    return None, ""


def _level_inside(text: str, levels: CodeList) -> Degree | None:
    """`Luật (Đại học)`, `Quản lý công - ThS`: exactly one level somewhere else in the piece."""
    found = list(_INSIDE.finditer(text))
    codes = {levels.find(m.group()).code for m in found} - {None}
    if len(codes) != 1:
        return None
    return Degree(str(codes.pop()), _INSIDE.sub("", text).strip(" -–:(),."))


@lru_cache(maxsize=5000)
def read_title(text: str) -> tuple[str | None, Degrees]:
    """(academic title code or None, degrees) of a `Học hàm, học vị` cell."""
    folded = fold(text).replace(".", " ")
    if _ASSOCIATE.search(folded):
        return "pho-giao-su", read_degrees(text)
    if _PROFESSOR.search(folded):
        return "giao-su", read_degrees(text)
    return None, read_degrees(text)
