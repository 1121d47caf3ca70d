"""Vietnamese text: clean, search without accents, slugs, placement of tones."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.kernel.text import clean, fold, nfc, same_syllables, search_form, slug

from .names import name

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)


def test_nfc_composes_and_changes_nothing_else() -> None:
    assert nfc("Ho\u0300a") == "Hòa"
    assert nfc(" a\u00a0\u00adb ") == " a\u00a0\u00adb "


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("  Nguyễn \t Văn\u00a0\u00a0An\n", "Nguyễn Văn An"),
        ("Nguyê\u0303n", "Nguyễn"),
        ("\ufeffAn\u200b Bình\u200e", "An Bình"),
        ("A\x00n\x07", "An"),
        ("L\u00adu", "L\u00adu"),  # the letter ư of a TCVN3 text
        ("Hoà", "Hoà"),  # a legal name keeps its spelling
        ("", ""),
    ],
)
def test_clean(dirty: str, tidy: str) -> None:
    assert clean(dirty) == tidy


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đỗ Đức", "do duc"),
        ("Ðỗ ðức", "do duc"),  # the Icelandic letters of a wrong keyboard
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("NGUYỄN  THỊ ƯỚC", "nguyen thi uoc"),
        ("Y Blô̆", "y blo"),
        ("H’Mông", "h'mong"),
        ("K'Brêo Čŏ", "k'breo co"),
        ("Bà Rịa – Vũng Tàu", "ba ria - vung tau"),
        ("Nguy\u00adễn", "nguyen"),
        ("İ", "i"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == folded


@given(TEXTS)
def test_fold_and_clean_change_nothing_the_second_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_fold_ignores_unicode_form_and_blanks(text: str) -> None:
    assert fold(clean(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_fold_of_names_is_plain_ascii() -> None:
    rng = random.Random(3)
    for full_name in {name(rng) for _ in range(5_000)}:
        folded = fold(full_name)
        assert folded.isascii()
        assert folded == fold(full_name.upper()) == fold(folded.upper())


@pytest.mark.parametrize(
    ("header", "slugged"),
    [
        ("Là đại biểu QH", "la_dai_bieu_qh"),
        ("Trình độ\nchuyên môn (nếu có)", "trinh_do_chuyen_mon_neu_co"),
        ("TT", "tt"),
        ("10 năm", "_10_nam"),
        ("***", ""),
    ],
)
def test_slug(header: str, slugged: str) -> None:
    assert slug(header) == slugged


@given(TEXTS)
def test_slug_is_an_identifier_or_empty(text: str) -> None:
    assert slug(text) == "" or slug(text).isidentifier()


SAME = [
    ("hoà", "hòa"),
    ("HOÀ", "Hòa"),
    ("khoẻ", "khỏe"),
    ("thuý", "thúy"),
    ("uỷ", "ủy"),
    ("loà xoà", "lòa xòa"),
    ("Ðức", "đức"),
]


@pytest.mark.parametrize(("new", "old"), SAME)
def test_old_and_new_placement_of_the_tone_are_one_syllable(new: str, old: str) -> None:
    assert search_form(new) == search_form(old) == old.lower()
    assert same_syllables(new, old)


@pytest.mark.parametrize(
    "word",
    ["quý", "quà", "giá", "giữ", "gìn", "già", "khuỷu", "toán", "hoàn", "nguyệt", "thuở", "ngoài", "mía", "của", "mùi"],
)
def test_syllables_with_one_placement_stay(word: str) -> None:
    assert search_form(word) == word


def test_different_tones_are_not_the_same() -> None:
    assert not same_syllables("Hòa", "Hóa")
    assert not same_syllables("Hòa", "Hoa")
    assert not same_syllables("Ân", "An")


def test_misplaced_tones_come_to_the_same_form() -> None:
    rng = random.Random(4)
    for full_name in {name(rng) for _ in range(3_000)}:
        assert search_form(search_form(full_name)) == search_form(full_name)
        assert fold(search_form(full_name)) == fold(full_name)
