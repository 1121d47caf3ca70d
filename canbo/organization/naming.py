"""What a unit's name tells: its level and kind. The words are those of the law on local government; nothing is guessed."""

from dataclasses import dataclass

from canbo.kernel.text import clean, fold

_PREFIXES: tuple[tuple[str, str, str], ...] = (
    ("thi tran ", "thi-tran", "xa"),
    ("phuong ", "phuong", "xa"),
    ("dac khu ", "dac-khu", "xa"),
    ("xa ", "xa", "xa"),
    ("tt. ", "thi-tran", "xa"),
    ("huyen ", "huyen", "huyen"),
    ("quan ", "quan", "huyen"),
    ("thi xa ", "thi-xa", "huyen"),
    ("tinh ", "tinh", "tinh"),
    ("so ", "so", "tinh"),
)
_SMALL = {"và", "của", "các"}


@dataclass(frozen=True)
class UnitName:
    """A unit's name as shown, its kind and level where the name says them."""

    name: str
    kind: str = ""
    level: str = ""


def read_unit_name(text: str) -> UnitName:
    """`THỊ TRẤN CHÚC SƠN` → `Thị trấn Chúc Sơn`, kind thi-tran, level xa. Capitals are only softened when all are."""
    name = soften(clean(text))
    words = fold(name) + " "
    for prefix, kind, level in _PREFIXES:
        if words.startswith(prefix):
            head = len(prefix.split())
            parts = name.split(" ")
            return UnitName(
                " ".join([parts[0].capitalize(), *(p.lower() for p in parts[1:head]), *parts[head:]]), kind, level
            )
    return UnitName(name)


def soften(name: str) -> str:
    """A name written all in capitals, in ordinary writing; abbreviations of up to five letters stay."""
    if name != name.upper() or len(name) <= 5:
        return name
    return " ".join(_soften_word(w) for w in name.split(" "))


def _soften_word(word: str) -> str:
    if word in {"UBND", "HĐND", "MTTQ", "LLCT", "TTPVHCC"}:
        return word
    return word.lower() if word.lower() in _SMALL else word[:1] + word[1:].lower()
