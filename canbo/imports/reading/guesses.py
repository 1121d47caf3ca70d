"""What a column's headings may mean together: its own, the groups above it, levels and places as headings. Content comes later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from canbo.engine.codelists import load_codelist
from canbo.imports.reading.fields import fields
from canbo.imports.reading.headings import (
    SURE,
    WHOLE_ONLY,
    YEAR,
    exact_names,
    full_scores,
    heading_scores,
    heading_words,
    is_year,
)
from canbo.imports.reading.leaves import GENERIC_LEAVES, LEAVES, PAY_WORDS, SAME_GROUP_LEAVES
from canbo.imports.reading.shortforms import letters_of, spell_out
from canbo.imports.reading.shortheadings import short_codes
from canbo.kernel.text import clean, fold, search_form

LIKELY = 0.95
# Texts in which the heading above says what a mark means: `Đối tượng 3` under Quốc phòng an ninh, `B` under Tiếng Anh.
MARKED_TEXTS = frozenset({"defence_training", "ethnic_language", "foreign_language", "planned_for"})
MARKS_TOO = MARKED_TEXTS | {"rank_name"}
_RANKS = re.compile(r"\bngạch\b(?!.*(?:quản lý|qlnn|bồi dưỡng))")
WORDS_ONLY = "="  # before a value that is words, because the code list has no such step
_LEVEL_LISTS = (
    ("degree", "degrees"),
    ("political_theory", "political_theory"),
    ("state_management", "state_management"),
    ("staff_kind", "staff_kinds"),
    ("rating", "ratings"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A field a heading may mean. `value`: what a mark in the column says (a level, a sex, a year, a grade); `doubt` is asked about."""

    field: str
    score: float
    value: str = ""
    doubt: str = ""
    short: bool = False  # spelled out from a short form; content that agrees makes it sure


def guesses(path: tuple[str, ...]) -> tuple[Guess, ...]:
    """Fields a column's heading path may mean (outermost heading first), best first; a field may come with and without value."""
    if not path:
        return ()
    found: dict[tuple[str, str], Guess] = {}
    lone = (*_bare_place(path[0]), *_bare_member(path[0])) if len(path) == 1 else ()
    for guess in (*_under_groups(path), *_by_words(path), *_lone_level(path), *lone):
        key = guess.field, guess.value
        if key not in found or found[key].score < guess.score:
            found[key] = guess
    return tuple(sorted(found.values(), key=lambda g: (-g.score, g.field, g.value)))


def _by_words(path: tuple[str, ...]) -> Iterator[Guess]:
    leaf = path[-1]
    generic = heading_words(leaf) in GENERIC_LEAVES and len(path) > 1
    year = YEAR.search(leaf)
    if not generic:
        spelled = {name for name, _ in heading_scores(leaf)} - {name for name, _ in full_scores(leaf)}
        for name, score in heading_scores(leaf):
            value = _own_value(name, leaf, year[0] if year else "")
            yield Guess(name, score, value=value, short=name in spelled)
    if len(path) > 1:
        joined = " ".join(path[-2:])
        year = YEAR.search(joined)
        for name, score in heading_scores(joined):
            yield Guess(name, score * 0.98, value=_own_value(name, joined, year[0] if year else ""))


def _own_value(name: str, leaf: str, year: str) -> str:
    """What the heading itself says about its values: `Nữ`, `Xếp loại 2022`, `Ngày sinh (nữ)`."""
    spoken = search_form(leaf).strip(" .:")
    if name == "sex" and spoken == "nữ":
        return "nu"
    if (
        name == "birth"
        and (found := re.search(r"\(?\b(nam|nữ)\)?$", spoken))
        and not re.search(r"nam\W+nữ|tháng nam$", spoken)
    ):
        return (
            "nu"
            if found[1] == "nữ"
            else "nam"
            if not spoken.endswith(("ngày nam", "sinh nam")) or "(" in spoken
            else ""
        )
    return year if name == "rating" else ""


def _lone_level(path: tuple[str, ...]) -> Iterator[Guess]:
    """A level as a heading of its own (`Thạc sĩ`, `Cán bộ`): doubtful when two scales have such a step (`Trung cấp`)."""
    leaf = path[-1]
    above = " ".join(" ".join(path[:-1]).split())
    if _RANKS.search(search_form(above)) and load_codelist("state_management").find(clean(leaf)).code:
        yield Guess("rank_name", 0.9, value=clean(leaf))  # the rank somebody holds, not the course she went to
        return
    found = [
        (name, code)
        for name, codelist in _LEVEL_LISTS
        if len(fold(leaf)) > (3 if name == "rating" else 1)
        and (code := load_codelist(codelist).find(clean(leaf)).code)
        and code not in ("chua-qua", "khong-xep-loai")
    ]
    if search_form(leaf).strip(" .:()") == "nam":
        # A mark under Nam is a sex; dates there may be the births of men, which is asked.
        yield Guess("sex", 0.85, value="nam")
        yield Guess("birth", 0.65, value="nam")
    for name, code in found:
        yield Guess(name, 0.85 if len(found) == 1 else 0.6, value=code)


def _bare_place(heading: str) -> Iterator[Guess]:
    """`Xã` alone is the unit of a list that has no better column for it; `Huyện` when there is no `Xã` either."""
    words = " ".join(heading_words(heading))
    if words in (
        "xa",
        "phuong",
        "thi tran",
        "dac khu",
        "phuong xa thi tran",
        "xa phuong tt",
        "phuong thi tran",
        "ten don vi xa",
    ):
        yield Guess("unit", 0.89)
    elif words in (
        "huyen",
        "quan",
        "huyen thi xa",
        "quan huyen",
        "huyen quan",
        "thi xa",
        "huyen thanh pho",
        "ten huyen",
    ):
        yield Guess("unit", 0.78)


def _bare_member(heading: str) -> Iterator[Guess]:
    """Days under `Đảng viên` may be those of joining, which is asked."""
    if "party_member" in exact_names().get(heading_words(heading), ()):
        yield Guess("party_joined", 0.74)


def _under_groups(path: tuple[str, ...]) -> Iterator[Guess]:
    """Readings of the last heading as part of a group named by one of the headings above it, the nearest first."""
    leaf = path[-1]
    for distance, above in enumerate(reversed(path[:-1])):
        weight = 1.0 - 0.02 * distance
        found = [
            guess
            for group, score in _group_scores(above)
            if score >= 0.72
            for guess in _leaf_in_group(group, above, leaf, weight * (LIKELY if score >= 0.9 else 0.85))
        ]
        found = found or [Guess(name, weight * 0.93) for name in _named_by_both(above, leaf)]
        yield from found
        if found:  # `TC` under LLCT under Trình độ is a step of LLCT, whatever Trình độ may mean
            return


def _named_by_both(above: str, leaf: str) -> frozenset[str]:
    """Fields that the lower heading is and the upper one names among others: `Bậc` under `Ngạch, bậc, hệ số lương`."""
    words = heading_words(above)
    parts = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    named = frozenset(name for part in parts for name in exact_names().get(part, ()))
    return exact_names().get(heading_words(leaf), frozenset()) & named - WHOLE_ONLY


@lru_cache(maxsize=1024)
def _group_scores(text: str) -> tuple[tuple[str, float], ...]:
    words = heading_words(text)
    extra = tuple((group, SURE) for group, names in SAME_GROUP_LEAVES.items() if words in names)
    if len(words) > 1 and PAY_WORDS.issuperset(words) and not {"ngach", "luong"}.isdisjoint(words):
        extra += (("rank_name", SURE),)
    return (*extra, *heading_scores(text))


def _leaf_in_group(group: str, above: str, leaf: str, strength: float) -> Iterator[Guess]:
    words = heading_words(leaf)
    spoken = search_form(leaf).strip(" .:")
    folded = " ".join(words)
    known = [
        Guess(field, strength, value=value)
        for texts, field, value in LEAVES.get(group, ())
        # Nam and Năm fold alike and mean a sex and a year.
        if spoken in texts or (folded in texts and folded != "nam")
    ]
    yield from (_with_year(guess, above) for guess in known or _short_leaf(group, leaf, strength))
    if group == "rating" and is_year(leaf):
        yield Guess("rating", strength, value=YEAR.findall(leaf)[0])
    if group in MARKED_TEXTS and folded not in _NOT_LEVELS:
        yield Guess(group, strength * 0.9, value=clean(f"{above} {leaf}" if group == "foreign_language" else leaf))
    codelist = "degrees" if group == "degree" else fields()[group].codelist if group in fields() else ""
    if codelist:
        yield from _level_in_group(group, codelist, above, leaf, strength)


def _with_year(guess: Guess, above: str) -> Guess:
    """`Đảng viên` under `Xếp loại 2022` is a grade of that year; whose it is, the heading tells again."""
    year = YEAR.search(above) if guess.field == "rating" else None
    return replace(guess, value=year[0]) if year else guess


def _short_leaf(group: str, leaf: str, strength: float) -> Iterator[Guess]:
    """`C.ngành` under Trình độ chuyên môn, `K.nạp` under Đảng viên: taken when one leaf of the group can be meant."""
    phrases = {letters_of(text): (field, value) for texts, field, value in LEAVES.get(group, ()) for text in texts}
    meant = {phrases[found.words] for found in spell_out(leaf, phrases) if found.full}
    if len(meant) == 1:
        field, value = meant.pop()
        yield Guess(field, strength * 0.92, value=value, short=not value)


_PLAIN_WORDS = "trinh do|loai|muc|chung chi|ten|khac|ghi chu|cong|tong|tong so|chuc danh|chuc vu|nam|tu|den|so|ngay"
_NOT_LEVELS = frozenset(_PLAIN_WORDS.split("|"))


def _level_in_group(group: str, codelist: str, above: str, leaf: str, strength: float) -> Iterator[Guess]:
    levels = load_codelist(codelist)
    bare = _AND_HIGHER.sub("", clean(leaf))
    texts = (clean(leaf), bare, f"{bare} {clean(above)}")
    codes = next((found for text in texts if (found := [m.code for m in levels.find_all(text) if m.code])), [])
    if len(set(codes)) == 1:
        yield Guess(group, strength, value=codes[0])
    elif not codes and (short := short_codes(codelist, bare)):
        yield Guess(group, strength * 0.9, value=short[0])
    elif codes:
        lowest = min(codes, key=levels.codes.index)
        yield Guess(
            group, strength, value=lowest, doubt=f"Cột “{clean(leaf)}” gộp nhiều mức; hiểu dấu x là mức thấp nhất"
        )
    elif group in _WORDS_WILL_DO and heading_words(leaf) not in GENERIC_LEAVES - {("chung", "chi")}:
        yield Guess(group, strength * 0.85, value=WORDS_ONLY + clean(leaf))


_AND_HIGHER = re.compile(r"\s*(?:trở lên|và cao hơn)\s*$", re.I)
_WORDS_WILL_DO = frozenset({"it_level", "state_management"})
