"""One heading text on its own: which fields its words may name, with a score of 0..1."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from canbo.imports.reading.fields import fields
from canbo.imports.reading.shortheadings import SHORT_LOOKED_AT, WRITTEN_SHORT, short_scores
from canbo.kernel.text import fold, search_form

__all__ = ["exact_names", "full_scores", "heading_score", "heading_scores", "heading_words", "is_year"]

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_OF_YEAR = re.compile(r"(?:\b(?:năm|nam|NĂM|Năm)\s*)?(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_IF_ANY = re.compile(r"\((?:nếu có|ghi rõ[^)]*)\)", re.I)
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")
_ABBREVIATIONS = {
    short: tuple(words.split())
    for short, words in {
        "td": "trinh do", "bd": "boi duong", "ng": "ngay", "qd": "quyet dinh", "qh": "quy hoach", "kl": "ky luat",
        "hsl": "he so luong", "kqxl": "ket qua xep loai", "kq": "ket qua", "xl": "xep loai", "tn": "tot nghiep",
        "cm": "chuyen mon", "vh": "van hoa", "cb": "can bo", "ll": "ly luan", "sdt": "so dien thoai",
    }.items()
}  # fmt: skip
# Words that change nothing, and words that say the column is about somebody or something else.
_FILLERS = re.compile(
    r"\b(?:(?:tai thoi diem|khi|luc)(?: bi| duoc)? (?:vi pham|ky luat|xu ly|danh gia|xep loai|(?:cu )?di hoc|quy hoach)"
    r"|cao nhat|hien nay|hien tai|hien dang|dang giu|neu co|ghi ro|can bo cong chuc vien chuc"
    r"|can bo cong chuc|cong chuc vien chuc"
    r"|cbccvc|cbcc|can bo cc|can bo|cua|cac|muc|va|la|so voi|theo bang|theo quyet dinh|da qua|duoc|da)\b"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:vợ|chồng|cha|mẹ|bố|thân nhân|người thân|con (?:đẻ|trai|gái|thứ|đầu)|họ tên con|của con"
    r"|gia đình|người liên hệ|người báo tin)\b"
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:ngày cấp|nơi cấp(?! bằng| văn bằng)|ngày hết hạn(?! kỷ luật)|cũ|trước đây|trước khi|nghỉ hưu"
    r"|nghỉ chế độ|thôi việc|số sổ|bảo hiểm|bhxh|bhyt"
    r"|tài khoản|mã số thuế|phụ cấp|nâng lương lần|tuổi|thâm niên|đại biểu|kiểm tra|tổng cộng|cộng"
    r"|khi (?:mới |được )?tuyển(?: dụng)?|tuyển dụng lần|đầu vào|ban đầu|đang học|đang theo học|nhu cầu|đăng ký)\b"
)
SURE, PART_OF_SHORT = 1.0, 0.7
WHOLE_ONLY = frozenset({"ordinal", "given_name", "family_name", "rating_year", "party_member"})


def is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:năm|nam)?\s*(?:19[89]\d|20[0-4]\d)", text.strip().lower()))


@lru_cache(maxsize=4096)
def heading_words(text: str) -> tuple[str, ...]:
    """Folded words with abbreviations spelled out."""
    words = _NOT_WORDS.sub(" ", fold(text)).split()
    return tuple(part for word in words for part in _ABBREVIATIONS.get(word, (word,)))


@cache
def exact_names() -> dict[tuple[str, ...], frozenset[str]]:
    """Fields by the words of their headings."""
    found: dict[tuple[str, ...], set[str]] = {}
    for field in fields().values():
        for heading in field.headings:
            found.setdefault(heading_words(heading), set()).add(field.name)
    return {phrase: frozenset(names) for phrase, names in found.items()}


def _variants(text: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """The heading whole, without filler words, without a year or brackets; what was left out costs a little."""
    bare = _BRACKETS.sub(" ", text)
    for form, weight in ((text, 1.0), (_OF_YEAR.sub(" ", text), 0.99), (bare, 0.94), (_OF_YEAR.sub(" ", bare), 0.94)):
        words = heading_words(form)
        yield words, weight
        yield tuple(_FILLERS.sub(" ", " ".join(words)).split()), weight


@lru_cache(maxsize=4096)
def heading_scores(text: str) -> tuple[tuple[str, float], ...]:
    """(field, score) of one heading text on its own, in full or written short; a heading about somebody else scores nothing."""
    scores = dict(full_scores(text))
    if max(scores.values(), default=0.0) < SHORT_LOOKED_AT and not _is_about_another(text):
        short = short_scores(text)
        if any(score >= WRITTEN_SHORT for _, score in short):  # the whole heading says more than a part of it
            scores = {name: min(score, PART_OF_SHORT) for name, score in scores.items()}
        for name, score in short:
            scores[name] = max(score, scores.get(name, 0.0))
    return tuple(sorted(scores.items(), key=lambda item: -item[1]))


def _is_about_another(text: str) -> bool:
    spoken = search_form(text)
    return bool(_SOMEBODY_ELSE.search(spoken) or _SOMETHING_ELSE.search(spoken))


@lru_cache(maxsize=4096)
def full_scores(text: str) -> tuple[tuple[str, float], ...]:
    if exact := exact_names().get(heading_words(_IF_ANY.sub(" ", text))):
        return tuple((name, SURE) for name in sorted(exact)) if search_form(text).strip(" .:()") != "nam" else ()
    if _is_about_another(text) or search_form(text).strip(" .:()") == "nam":
        return ()  # `Nam` folds like `Năm`; alone it is a sex, see _lone_level
    scores: dict[str, float] = {}
    for words, weight in dict.fromkeys(_variants(text)):
        for name, score in _scores_of(words):
            scores[name] = max(round(score * weight, 3), scores.get(name, 0.0))
    return tuple(sorted(scores.items(), key=lambda item: -item[1]))


def _scores_of(words: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    if not words or len(words) > 16:
        return
    # Our own field names are headings too, so our own exports come back.
    own = "_".join(words)
    if own in fields():
        yield own, SURE
    if names := exact_names().get(words):
        yield from ((name, SURE) for name in names)
        return
    longest: dict[str, int] = {}
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            for name in exact_names().get(words[start : start + size], ()):
                longest.setdefault(name, size)
    for name, size in longest.items():
        if (size > 1 or len(words) <= 2) and name not in WHOLE_ONLY:
            yield name, round(0.45 + 0.5 * size / len(words), 3)


def heading_score(text: str) -> float:
    """How much a text looks like the heading of some field."""
    return max((score for _, score in heading_scores(text)), default=0.0)
