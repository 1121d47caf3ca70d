"""Column headings written short, read as the headings of `fields.csv` they can stand for."""

import re
from functools import cache, lru_cache

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.fields import fields
from canbo.imports.reading.shortforms import in_full, letters_of, spell_out

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_TRAILING = re.compile(r"\s+(?:hiện (?:nay|tại|giữ|hưởng)|cao nhất|nếu có|đang giữ)\s*$", re.I)
# What short forms may also stand for and no field of ours is; then nothing is taken without asking.
_OTHERS = (
    "ngày cấp|nơi cấp|cơ quan cấp|ngày hết hạn|số sổ|số sổ bảo hiểm|phụ cấp|thâm niên|tài khoản|số tài khoản|mã số thuế|quốc tịch"
    "|tình trạng|hôn nhân|địa bàn|lương cơ bản|sức khỏe|chiều cao|cân nặng|gia đình|xuất thân|mã cán bộ|số hiệu|nhóm máu|số con"
    "|thường trực|đại biểu|trúng cử|tín nhiệm|số phiếu|tổng số|số lượng|hợp đồng|loại hợp đồng|biên chế|thử việc|tập sự|nghỉ hưu"
)
_OTHER_PHRASES = frozenset(letters_of(text) for text in _OTHERS.split("|"))
WRITTEN_SHORT, SHORT_AND_UNCLEAR, LETTERS_ONLY, OF_ANOTHER_TOO = 0.86, 0.72, 0.6, 0.58
SHORT_LOOKED_AT = 0.93  # a heading that says this much in full is not read as a short form


@cache
def _phrases() -> dict[tuple[str, ...], frozenset[str]]:
    """Fields by the words a short form may be spelled out to."""
    found: dict[tuple[str, ...], set[str]] = {}
    for field in fields().values():
        for heading in field.headings:
            found.setdefault(letters_of(heading), set()).add(field.name)
    return {phrase: frozenset(names) for phrase, names in found.items() if in_full(phrase)}


@lru_cache(maxsize=4096)
def short_scores(text: str) -> tuple[tuple[str, float], ...]:
    """(field, score) of a heading written short (`T.độ CM`, `ĐV c.tác`): sure enough alone only where one field can be meant."""
    forms = dict.fromkeys((text, _TRAILING.sub("", _BRACKETS.sub(" ", text))))
    spelled = [found for form in forms for found in spell_out(form, (*_phrases(), *_OTHER_PHRASES))]
    names = {name for found in spelled for name in _phrases().get(found.words, ("",))}
    full = max((found.full for found in spelled), default=0)
    clear = len(names) == 1 and "" not in names
    if "" in names:
        return tuple((name, OF_ANOTHER_TOO) for name in sorted(names) if name)
    score = LETTERS_ONLY if not full else WRITTEN_SHORT if clear else SHORT_AND_UNCLEAR
    return tuple((name, score + 0.1 if clear and not full else score) for name in sorted(names) if name)


@lru_cache(maxsize=1024)
def short_codes(codelist: str, text: str) -> list[str]:
    """The code whose label a column's heading is a short form of (`Người HĐ không chuyên trách`); none when several could be."""
    rows = load_codelist(codelist).rows
    labels = {letters_of(label): row.code for row in rows for label in (row.label, *row.aliases)}
    labels = {phrase: code for phrase, code in labels.items() if in_full(phrase)}
    codes = {labels[found.words] for found in spell_out(text, labels) if found.full}
    return sorted(codes) if len(codes) == 1 else []
