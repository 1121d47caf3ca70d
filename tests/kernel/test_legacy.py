"""Legacy fonts: against iconv, against an own VNI encoder, and left alone where there is nothing to decode."""

import random
import shutil
import subprocess
import unicodedata

import pytest

from canbo.kernel.errors import KernelError
from canbo.kernel.legacy import decode, guess_column

from .names import ETHNIC, FAMILIES, GIVENS, MIDDLES, name
from .names import words as split

NAMES = sorted({name(random.Random(i)) for i in range(4_000)} - set(ETHNIC))
QUALIFICATIONS = [
    "Đại học",
    "Cao đẳng",
    "Trung cấp",
    "Sơ cấp",
    "Thạc sĩ",
    "Cao cấp lý luận chính trị",
    "Kỹ sư thuỷ lợi",
]

FRENCH = split(
    "déjà né où été là-bas Noël Loïc Anaïs maïs château forêt âgé hôtel goût août français À bientôt Éric Hélène"
)
ENGLISH = split("café naïve résumé Brontë façade cliché jalapeño über Zoë coöperate")
OTHERS = split("señor mañana São João Müller Köln Göteborg Håkon Øyvind Malmö Ærø Straße Þór niño Peña Gödel")
SIGNS = ["25 °C", "m²", "100 ± 5", "½ tháng", "§ 12", "© 2020", "« oui »", "5 µg", "a×b", "1·2", "£5", "12 m³"]

# VNI as typed: a vowel, then a code for its marks. Written here anew, so that a slip in the table shows.
VNI_MARKS = {
    "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0302\u0323": "ä",
    "\u0306": "ê", "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip
VNI_SINGLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def to_vni(text: str) -> str:
    return "".join(map(_vni_letter, text))


def _vni_letter(letter: str) -> str:
    if letter.lower() in VNI_SINGLE:
        code = VNI_SINGLE[letter.lower()]
    else:
        decomposed = unicodedata.normalize("NFD", letter.lower())
        horn = "\u031b" in decomposed
        base, marks = (
            decomposed[0],
            "".join(sorted(decomposed[1:].replace("\u031b", ""), key="\u0302\u0306".find, reverse=True)),
        )
        code = (VNI_SINGLE[unicodedata.normalize("NFC", base + "\u031b")] if horn else base) + (
            VNI_MARKS[marks] if marks else ""
        )
    return code.upper() if letter.isupper() else code


def iconv(data: bytes, *, source: str, target: str) -> bytes:
    if shutil.which("iconv") is None:
        pytest.skip("iconv is not installed")
    return subprocess.run(["iconv", "-f", source, "-t", target], input=data, capture_output=True, check=True).stdout


def to_tcvn3(text: str) -> str:
    """The text as a reader sees a TCVN3 file: each byte as the Latin-1 character of that number."""
    return iconv(text.encode(), source="UTF-8", target="TCVN-5712").decode("latin-1")


def test_every_tcvn_code_as_iconv_reads_it() -> None:
    for code in (*range(1, 0x20), *range(0x7F, 0x100)):
        pair = b"x" + bytes([code])  # a mark needs a letter before it
        expected = iconv(pair, source="TCVN-5712", target="UTF-8").decode()
        assert decode(pair.decode("latin-1"), "tcvn3") == unicodedata.normalize("NFC", expected), hex(code)


def test_tcvn3_texts_as_iconv_reads_them() -> None:
    texts = NAMES + [n.upper() for n in NAMES] + QUALIFICATIONS
    encoded = iconv("\n".join(texts).encode(), source="UTF-8", target="TCVN-5712")
    expected = iconv(encoded, source="TCVN-5712", target="UTF-8").decode()
    assert decode(encoded.decode("latin-1"), "tcvn3").split("\n") == expected.split("\n") == texts


def test_soft_hyphen_is_the_letter_u_horn_in_tcvn3() -> None:
    assert decode("L\u00adu C\u00ad\u00f4ng", "tcvn3").startswith("Lưu Cư")
    assert guess_column(["Ph\u00ad\u00eang §iÖn Biªn"]).after == ("Phường Điện Biên",)


def test_vni_round_trip() -> None:
    for text in NAMES + QUALIFICATIONS + [n.upper() for n in NAMES]:
        assert decode(to_vni(text), "vni") == text


def test_every_vietnamese_letter_survives_vni() -> None:
    tones = ["", *"\u0300\u0301\u0303\u0309\u0323"]
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones] + ["đ"]
    for letter in small + [s.upper() for s in small]:
        assert decode(f"h{to_vni(letter)}n", "vni") == f"h{letter}n"


def test_unknown_encoding_is_refused() -> None:
    with pytest.raises(KernelError, match="viscii"):
        decode("a", "viscii")  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(20))
def test_columns_are_recognised_without_a_font(seed: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(NAMES, rng.choice((3, 10, 200)))
    tcvn3, vni = to_tcvn3("\n".join(names)).split("\n"), list(map(to_vni, names))
    for texts, encoding in ((tcvn3, "tcvn3"), (vni, "vni")):
        guess = guess_column(texts)
        assert guess.encoding == encoding
        assert guess.score > 0.9
        assert list(map(guess.apply, texts)) == names
        assert all(before in texts and after in names for before, after in zip(guess.before, guess.after))


@pytest.mark.parametrize("texts", [QUALIFICATIONS, ["Cao cấp", "Trung cấp"], ["Đại học"], ["Nguyễn Văn An"]])
def test_short_columns_are_recognised(texts: list[str]) -> None:
    assert guess_column([to_tcvn3(t) for t in texts]).encoding == "tcvn3"
    assert guess_column([to_vni(t) for t in texts]).encoding == "vni"


def test_font_decides_where_the_text_alone_could_not() -> None:
    assert guess_column(["Hång"]).encoding is None
    assert guess_column(["Hång"], font=".VnTime").after == ("Hồng",)
    assert guess_column(["Loïc"], font="VNI-Times").after == ("Lọc",)
    assert guess_column(["Nguyeãn Vaên An"], font=".VnTime").encoding == "vni"  # the font of the first cell may mislead


def test_capitals_font_draws_small_letters_as_capitals() -> None:
    for font in (".VnTimeH", ".VnArialH"):
        guess = guess_column(["nguyÔn v¨n An", "TrÇn ThÞ B×nh"], font=font)
        assert guess.after == ("NGUYỄN VĂN AN", "TRẦN THỊ BÌNH")
        assert guess.apply("Lan") == "LAN"
    assert guess_column(["nguyÔn v¨n An"], font=".VnTime").after == ("nguyễn văn An",)


def test_capitals_with_small_toned_letters_become_capitals() -> None:
    assert guess_column(["TRÇN V¡N §øC", "L£ Tó", "Lª Tó"]).after == ("TRẦN VĂN ĐỨC", "LÊ TÚ", "Lê Tú")


@pytest.mark.parametrize("font", [None, "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"])
def test_unicode_names_are_never_decoded(font: str | None) -> None:
    rng = random.Random(11)
    for full_name in NAMES + ETHNIC:
        for text in (full_name, full_name.upper(), full_name.lower(), unicodedata.normalize("NFD", full_name)):
            assert guess_column([text], font=font).encoding is None, text
    for _ in range(200):
        assert guess_column(rng.sample(NAMES, 20), font=font).encoding is None


def test_latin_1_only_names_are_never_decoded() -> None:
    parts = [w for w in FAMILIES + MIDDLES + GIVENS if all(c < "\u0100" for c in w)]
    rng = random.Random(5)
    for _ in range(3_000):
        column = [" ".join(rng.choices(parts, k=3)) for _ in range(rng.randint(1, 4))]
        assert guess_column(column).encoding is None, column


@pytest.mark.parametrize("words", [FRENCH, ENGLISH, OTHERS, SIGNS, ["An", "Binh", "x", "12/05/1968"], [], [""]])
def test_other_languages_and_signs_are_never_decoded(words: list[str]) -> None:
    rng = random.Random(6)
    assert guess_column(words).encoding is None
    for _ in range(500):
        column = rng.choices(words or ["-"], k=rng.randint(1, 6))
        for text in (column, [w.upper() for w in column], [" ".join(column)]):
            assert guess_column(text).encoding is None, text


def test_unicode_rows_in_a_legacy_column_stay() -> None:
    column = [*(to_tcvn3(n) for n in NAMES[:50]), "Nguyễn Thị Bình", "Lê Thanh Hà"]
    guess = guess_column(column)
    assert guess.encoding == "tcvn3"
    assert [guess.apply(t) for t in column[-2:]] == ["Nguyễn Thị Bình", "Lê Thanh Hà"]
