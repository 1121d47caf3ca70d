"""Names of units as people write them: the kind of unit before a name, and keys from strict to loose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from canbo.kernel.text import fold, search_form

__all__ = ["NOTHING", "Found", "Names", "accent_key", "index_names", "plain_key", "spelling_key", "split_kind"]

# Kind → what stands before a name. The dotted letters (h., p.) need their dot, or a number right after (Q1, P5).
_KINDS = {
    "tinh": r"tỉnh|tinh|t\.",
    "thanh-pho": r"thành phố|thanh pho|tp\.?|t\.p\.?",
    "thi-xa": r"thị xã|thi xa|tx\.?|t\.x\.?",
    "quan": r"quận|quan|q\.|q(?=\s?\d)",
    "huyen": r"huyện|huyen|h\.",
    "thi-tran": r"thị trấn|thi tran|tt\.?|t\.t\.?",
    "phuong": r"phường|phuong|p\.|p(?=\s?\d)",
    "xa": r"xã|xa|x\.",
    "dac-khu": r"đặc khu|dac khu",
    "below": (
        r"thôn|xóm|làng|ấp|âp|bản|buôn|bon|plei|sóc|phum|khu phố|khu vực|tiểu khu|tổ dân phố|tdp|tổ|khóm|khối|phố|khu"
        r"|đường|số nhà|số|đội|ngõ|ngách|cụm"
    ),
}
_KIND = re.compile("|".join(f"(?P<{kind.replace('-', '_')}>{words})" for kind, words in _KINDS.items()))
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEADING_ZERO = re.compile(r"\b0+(?=\d)")


@lru_cache(maxsize=8192)
def split_kind(text: str) -> tuple[str, str]:
    """Kind of unit a name announces and the bare name: `TT. Chúc Sơn` → `thi-tran`, `chúc sơn`; '' when none."""
    form = search_form(text).strip(" .-–")
    found = _KIND.match(form)
    if not found:
        return "", form
    rest = form[found.end() :]
    if rest and not rest.startswith((" ", ".")) and not found.group().endswith(".") and not rest[0].isdigit():
        return "", form  # the word only begins like a kind: "Tản Viên", "Xà Phiên"
    bare = rest.strip(" .")
    return ((found.lastgroup or "").replace("_", "-"), bare) if bare else ("", form)


def _tight(form: str) -> str:
    joined = "".join(form.split())
    return joined if joined.isalpha() else _NOT_LETTERS.sub("", _LEADING_ZERO.sub("", form))


@lru_cache(maxsize=8192)
def accent_key(bare: str) -> str:
    """Letters and digits of a bare name as `split_kind` gives it, accents kept: the strictest comparison."""
    return _tight(bare)


@lru_cache(maxsize=8192)
def plain_key(bare: str) -> str:
    """Letters and digits without accents."""
    return _tight(fold(bare))


@lru_cache(maxsize=8192)
def spelling_key(bare: str) -> str:
    """Without accents, and Quy/Qui, Đắk/Đắc taken as one spelling."""
    words = _LEADING_ZERO.sub("", fold(bare)).replace("y", "i").split()
    return _NOT_LETTERS.sub("", "".join(word[:-1] + "c" if word.endswith("k") else word for word in words))


class Found(NamedTuple):
    """Codes a name may mean, whether it was written exactly, and whether only units of another kind have the name."""

    codes: tuple[str, ...]
    exact: bool
    other_kind: bool = False


NOTHING = Found((), False)


@dataclass(slots=True)
class Names:
    """The names of one scope (a district, a province, the country), under three keys from strict to loose."""

    keys: tuple[dict[str, list[tuple[str, str]]], ...] = field(default_factory=lambda: ({}, {}, {}))

    def add(self, *, code: str, kind: str, bare: str) -> None:
        """Index one name under all keys."""
        for index, key in zip(self.keys, (accent_key(bare), plain_key(bare), spelling_key(bare))):
            index.setdefault(key, []).append((kind, code))

    def find(self, *, kind: str, bare: str) -> Found:
        """Codes under the strictest key that knows the name; of the written kind if one is, else of any kind."""
        for strict, (index, key) in enumerate(zip(self.keys, (accent_key, plain_key, spelling_key))):
            if named := index.get(key(bare)):
                alike = [code for other, code in named if other == kind]
                codes = alike or [code for _, code in named]
                other_kind = bool(kind) and not alike
                return Found(tuple(dict.fromkeys(codes)), strict == 0 and not other_kind, other_kind)
        return NOTHING


def index_names(labels: Iterable[tuple[str, str]]) -> Names:
    """Names of (code, official label) pairs."""
    names = Names()
    for code, label in labels:
        kind, bare = split_kind(label)
        names.add(code=code, kind=kind, bare=bare)
    return names
