"""Seeded invented names and odd texts for the tests of the kernel."""

import random
import unicodedata


def words(text: str) -> list[str]:
    """The words of a text, for lists that read better in one line."""
    return text.split()


FAMILIES = words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Tạ Sùng Giàng Quàng Lò")
MIDDLES = words("Văn Thị Hữu Đức Minh Thanh Ngọc Quang Xuân Hồng Thu Quốc Bá Thế Gia Mỹ Duy Đình Công Kim Ánh Bích")
GIVENS = words(
    "An Bình Chi Dũng Em Giang Hà Khánh Lan Minh Nga Oanh Phúc Quý Sơn Tâm Uyên Vân Yến Hoà Hòa Thúy Thuý Tuệ Ước "
    "Ân Ấn Ý Đạt Đào Cường Cương Lê Lệ Lễ Thuỷ Thủy Huệ Khuyên Nguyệt Tưởng Trường Xuyến Phượng Quỳnh Ngoãn Uỷ"
)
ETHNIC = ["Y Blô̆", "H'Mông", "K'Brêo", "H’Nuĕ Byă", "Y Čŏ", "Ksor Dyêm", "Rơ Ô Phăn", "A Lăng Brŏ", "Đinh Krơ̆n"]

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSETS = ["", *words("b c d đ g h k l m n p q r s t v x ng nh tr th kh ð Ð Đ")]
_FOREIGN: list[str] = words("ŏ č ĕ ĭ ŭ ñ ö ü é è ç š ž ł ø ß æ œ Å ō ĩ ẽ ỹ ň ş ğ ı þ ƀ ê̆ ô̆ ơ̆ ư̆ â̆ w j z f")
_SIGNS: list[str] = [*"-'’.,()/_‘–—\u00a0\u00ad\u200b\t\"“”&+:;!?…1259²½№*§°%@# ", "  ", "10", "(A)"]


def name(rng: random.Random) -> str:
    """An invented name as in lists."""
    if rng.random() < 0.03:
        return rng.choice(ETHNIC)
    return " ".join([rng.choice(FAMILIES), *rng.choices(MIDDLES, k=rng.choice((0, 1, 1, 1, 2))), rng.choice(GIVENS)])


def _piece(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.12:
        return rng.choice(_FOREIGN)
    if kind < 0.25:
        return rng.choice(_SIGNS)
    tone = rng.choice(_TONES) if rng.random() < 0.6 else ""
    return rng.choice(_ONSETS) + rng.choice(_VOWELS) + tone + rng.choice(("", "", "n", "m", "ng", "i", " "))


def odd_text(rng: random.Random) -> str:
    """Syllables, foreign letters, signs and digits in any case and Unicode form."""
    text: str = "".join(_piece(rng) for _ in range(rng.randint(1, 6)))
    text = rng.choice([text, text.upper(), text.title(), text.lower(), text])
    if rng.random() < 0.1:
        return text
    return unicodedata.normalize("NFC" if rng.random() < 0.5 else "NFD", text)


def neighbour(rng: random.Random, text: str) -> str:
    """A text that differs from another in case, marks, blanks or a sign only."""
    decomposed = unicodedata.normalize("NFD", text)
    fewer_marks = "".join(c for c in decomposed if rng.random() < 0.7 or not unicodedata.combining(c))
    blanks = text.replace(" ", rng.choice(("", "  ", "-", "\u00a0")))
    return rng.choice((text.swapcase(), text.lower(), decomposed, fewer_marks, blanks, text + rng.choice(_SIGNS)))
