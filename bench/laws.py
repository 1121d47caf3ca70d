"""A law folder of forty titles for measuring: the shipped kinds of criteria, thresholds varied, read through the real loader."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.generate import ON
from canbo.assess.law_sets import law_vocabulary, title_codes
from canbo.engine.law.conditions import words_on
from canbo.engine.law.loader import load_laws
from canbo.engine.law.model import LawSet
from canbo.engine.law.verdicts import Plan, plan_of

TITLES = 40
DOCUMENT = """
[[document]]
key = "do"
number = "00/ĐO"
kind = "Quy định"
issuer = "Phép đo"
regime = "party"
title = "Tiêu chuẩn để đo, không phải văn bản có thật"
from = 2020-01-01
evidence = "text"
"""
PARAMETER = """
[[parameter]]
name = "first_term_months"
label = "Một nhiệm kỳ"
unit = "tháng"

[[parameter.version]]
from = 2020-01-01
value = 60
document = "do"
article = "Điều 1"
evidence = "text"
"""
DEGREES = ("trung-cap", "cao-dang", "dai-hoc")
THEORY = ("so-cap", "trung-cap", "cao-cap")
MANAGEMENT = ("chuyen-vien", "chuyen-vien-chinh", "chuyen-vien-cao-cap")
Criterion = tuple[str, str, str, tuple[str, str] | None]  # code, applies, require, exception (when, require)


def criteria(n: int) -> Iterator[Criterion]:
    """Nine or ten criteria of the n-th title."""
    three = n % 3
    yield "lan-dau", "first_time", "months_left >= first_term_months", None
    yield "con-lai", "not first_time", f"months_left >= {24 + 6 * (n % 5)}", None
    mountains = "unit_area == 'mien-nui' and not first_time"
    yield "chuyen-mon", "", f"degree >= '{DEGREES[n % 3]}'", (mountains, "degree >= 'so-cap'")
    yield "llct", "", f"political_theory >= '{THEORY[n // 3 % 3]}'", ("rotated or ethnic_minority", "political_theory >= 'so-cap'")
    yield "hoc-van", "", "general_education in ('12-12', '10-10') or degree >= 'cao-dang'", None
    yield "qlnn", "", f"state_management >= '{MANAGEMENT[n // 9 % 3]}'", None
    yield "ky-luat", "", "not appointment_barred" if n % 2 else "not planning_barred and not appointment_barred", None
    yield "xep-loai", "", f"good_years >= {1 + n % 4}" if n % 5 else "good_two_years", None
    yield "dang-vien", "", "party_member" if three else "official_party", None
    if three == 0:
        yield "gioi-tuoi", "", f"(sex == 'nu' and age < {50 + n % 6}) or (sex == 'nam' and age < {54 + n % 6})", None
    elif three == 1:
        yield "trong-chuc", "", f"months_in_post >= {12 * (1 + n % 3)} or not planned_for_it", None
    else:
        yield "tham-nien", "", f"{3 + n % 5} <= years_of_service and not holds_it", None


def standard(n: int, title: str) -> str:
    head = (
        f'[[standard]]\ncode = "do-{n}"\nlabel = "Tiêu chuẩn đo {n}"\ntitles = ["{title}"]\nregime = "party"\n\n'
        '[[standard.version]]\ncode = "do"\nfrom = 2020-01-01\ndocument = "do"\n'
    )
    return "\n".join([head, *(_criterion(*one) for one in criteria(n))])


def _criterion(code: str, applies: str, require: str, exception: tuple[str, str] | None) -> str:
    cite = 'article = "Điều 2"\nevidence = "text"\n'
    text = f'[[standard.version.criterion]]\ncode = "{code}"\nlabel = "{code}"\nrequire = "{require}"\n{cite}'
    text += f'applies = "{applies}"\n' if applies else ""
    if exception:
        when, other = exception
        text += f'\n[[standard.version.criterion.exception]]\nlabel = "ngoại lệ"\nwhen = "{when}"\nrequire = "{other}"\n{cite}'
    return text


def write(root: Path) -> Path:
    """The folder as files."""
    for folder in ("parameters", "standards"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "documents.toml").write_text(DOCUMENT, encoding="utf-8")
    (root / "parameters/do.toml").write_text(PARAMETER, encoding="utf-8")
    for n, title in enumerate(sorted(title_codes())[:TITLES]):
        (root / f"standards/do_{n}.toml").write_text(standard(n, title), encoding="utf-8")
    return root


@cache
def laws() -> LawSet:
    with tempfile.TemporaryDirectory() as scratch:
        return load_laws([write(Path(scratch) / "laws")], vocabulary=law_vocabulary(), titles=title_codes(), run_cases=False)


@cache
def plans() -> tuple[Plan, ...]:
    """The forty, as of the day of measuring."""
    words = words_on(ON, laws=laws(), vocabulary=law_vocabulary())
    return tuple(plan_of(s, laws=laws(), on=ON, vocabulary=law_vocabulary(), words=words) for s in laws().standards.values())


@cache
def needed() -> tuple[str, ...]:
    """Facts the forty read."""
    return tuple(sorted({name for plan in plans() for name in plan.names}))
