"""Our sort key against the order PostgreSQL gives with ICU's Vietnamese collation."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from canbo.kernel.collation import collation_key
from canbo.kernel.text import name_parts, sort_key

from .names import name, neighbour, odd_text, words

psycopg = pytest.importorskip("psycopg")

LETTERS = words("a A à ả ã á ạ ă ằ â ầ b c č d D ð Ð đ Đ e ê i ñ o ŏ ö ô ơ u ü ư y z")
# Characters up to U+017F, save the digraphs no list has; every mark alone and inside a word.
CHARACTERS = [c for c in map(chr, range(1, 0x180)) if c not in "Ĳĳŉ"]
MARKED = [
    before + chr(mark) + after for mark in range(0x300, 0x345) for before, after in (("a", ""), ("o", "x"), ("U", " "))
]


@pytest.fixture(scope="module")
def oracle() -> Iterator[Any]:
    url = os.environ.get("CANBO_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server to compare with ({error})")
    with connection:
        yield connection


def _texts() -> list[str]:
    rng = random.Random(20260305)
    odd = [odd_text(rng) for _ in range(12_000)]
    near = [neighbour(rng, text) for text in odd[:10_000]]
    return list(dict.fromkeys(odd + near + [name(rng) for _ in range(3_000)] + CHARACTERS + MARKED))


@pytest.mark.postgres
def test_collation_key_orders_as_icu_vi(oracle: Any) -> None:
    texts = _texts()
    assert len(texts) >= 20_000
    rows = oracle.execute('SELECT s FROM unnest(%s::text[]) AS t(s) ORDER BY s COLLATE "vi-x-icu"', (texts,)).fetchall()
    expected = [row[0] for row in rows]
    ours = sorted(texts, key=collation_key)
    assert sum(a != b for a, b in zip(ours, expected)) == 0, _first_difference(ours, expected)


@pytest.mark.postgres
def test_sort_key_orders_names_as_icu_vi_by_given_family_middle(oracle: Any) -> None:
    rng = random.Random(7)
    names = sorted({" ".join(rng.choice((name, odd_text))(rng).split("(")[0].split()) for _ in range(30_000)} - {""})
    assert len(names) >= 20_000
    rows = oracle.execute(
        "SELECT n FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS t(n, given, family, middle)"
        ' ORDER BY given COLLATE "vi-x-icu", family COLLATE "vi-x-icu", middle COLLATE "vi-x-icu", n COLLATE "C"',
        (names, *map(list, zip(*(name_parts(n)[:3] for n in names)))),
    ).fetchall()
    expected = [row[0] for row in rows]
    ours = sorted(names, key=lambda n: (sort_key(n), n.encode()))
    assert sum(a != b for a, b in zip(ours, expected)) == 0, _first_difference(ours, expected)


def _first_difference(ours: list[str], expected: list[str]) -> tuple[str, str]:
    return next((ascii(a), ascii(b)) for a, b in zip(ours, expected) if a != b)


def test_letters_tones_and_capitals_without_a_server() -> None:
    shuffled = random.Random(1).sample(LETTERS, len(LETTERS))
    assert sorted(shuffled, key=collation_key) == LETTERS
    tones = ["ma", "mà", "mả", "mã", "má", "mạ", "măm", "mâm"]
    assert sorted(random.Random(2).sample(tones, len(tones)), key=collation_key) == tones


def test_list_of_people_by_given_then_family_then_middle() -> None:
    people = ["Trần An", "Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Đặng Ân", "Dương Bình", "An Bình", "Y Blô̆"]
    ordered = ["Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Trần An", "Đặng Ân", "An Bình", "Dương Bình", "Y Blô̆"]
    assert sorted(people, key=sort_key) == ordered


def test_capitals_may_count_for_nothing() -> None:
    assert sort_key("LÊ VĂN AN", ignore_case=True) == sort_key("Lê Văn An", ignore_case=True)
    assert sort_key("LÊ VĂN AN") > sort_key("Trần Văn An")


def test_nickname_in_brackets_is_not_the_given_name() -> None:
    assert name_parts("Nguyễn Văn An (Bảy)") == ("An", "Nguyễn", "Văn", "(Bảy)")
    assert name_parts("An") == ("An", "", "", "")
    assert name_parts("") == ("", "", "", "")


def test_composed_and_decomposed_differ_only_in_the_last_step() -> None:
    composed, decomposed = collation_key("Hòa"), collation_key("Ho\u0300a")
    assert composed.split(b"\0")[:3] == decomposed.split(b"\0")[:3]
    assert composed != decomposed
