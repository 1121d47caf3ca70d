"""What an invented person has learned: levels reached, classes attended."""

from functools import cache
from typing import Any

from canbo.demo.dates import YEAR, iso
from canbo.demo.lives import Life, pick
from canbo.demo.names import Weighted
from canbo.demo.tables import table

Row = dict[str, Any]
Records = list[tuple[str, Row]]
# Shares by tier: a bound per level, drawn with one number.
DEGREES = {
    4: (("dai-hoc", 0.35), ("thac-si", 0.85), ("tien-si", 1.0)),
    3: (("dai-hoc", 0.74), ("thac-si", 0.99), ("tien-si", 1.0)),
    2: (("trung-cap", 0.01), ("dai-hoc", 0.84), ("thac-si", 1.0)),
    1: (("trung-cap", 0.04), ("cao-dang", 0.11), ("dai-hoc", 0.9), ("thac-si", 1.0)),
    0: (("chua-qua", 0.3), ("so-cap", 0.42), ("trung-cap", 0.75), ("cao-dang", 0.84), ("dai-hoc", 1.0)),
}
THEORY = {
    4: (("cao-cap", 0.8), ("cu-nhan", 1.0)),
    3: (("trung-cap", 0.34), ("cao-cap", 0.94), ("cu-nhan", 1.0)),
    2: (("", 0.03), ("so-cap", 0.08), ("trung-cap", 0.86), ("cao-cap", 1.0)),
    1: (("", 0.32), ("so-cap", 0.55), ("trung-cap", 0.97), ("cao-cap", 1.0)),
    0: (("", 0.55), ("so-cap", 0.85), ("trung-cap", 1.0)),
}
MANAGEMENT = {
    4: (("chuyen-vien-chinh", 0.5), ("chuyen-vien-cao-cap", 1.0)),
    3: (("", 0.08), ("chuyen-vien", 0.6), ("chuyen-vien-chinh", 1.0)),
    2: (("", 0.15), ("chuyen-vien", 0.8), ("chuyen-vien-chinh", 1.0)),
    1: (("", 0.4), ("can-su", 0.45), ("chuyen-vien", 0.94), ("chuyen-vien-chinh", 1.0)),
    0: (("", 0.93), ("can-su", 1.0)),
}
IT = (("", 0.05), ("chung-chi-b", 0.25), ("co-ban", 0.85), ("nang-cao", 0.94), ("trung-cap-tro-len", 1.0))
LANGUAGE = (("", 0.25), ("chung-chi-b", 0.5), ("bac-2", 0.75), ("bac-3", 0.93), ("bac-4", 0.97), ("dai-hoc", 1.0))
FORMS = ("chinh-quy", "chinh-quy", "chinh-quy", "vlvh", "vlvh", "tu-xa")
RESULTS = ("dat", "kha", "kha", "gioi", "gioi", "xuat-sac", "trung-binh-kha")


def drawn(life: Life, shares: tuple[tuple[str, float], ...]) -> str:
    at = life.rng.random()
    return next(level for level, bound in shares if at < bound)


def add_learning(life: Life, *, records: Records, degree: str) -> None:
    _degrees(life, records=records, degree=degree)
    _theory(life, records=records)
    _skills(life, records=records)
    for _ in range(1 + int(life.rng.random() * 3)):
        _attendance(life, records=records)


@cache
def _studies() -> tuple[tuple[dict[str, str], ...], Weighted]:
    rows = table("studies")
    return rows, Weighted("|".join(f"{n} {row['weight']}" for n, row in enumerate(rows)))


def _degrees(life: Life, *, records: Records, degree: str) -> None:
    """School, then the first degree before recruitment, then a higher one while at work."""
    school = {"kind": "pho-thong", "level": "12-12" if life.rng.random() < 0.97 else "9-12", "known_from": iso(life.recruited)}
    records.append(("qualification", school))
    if degree == "chua-qua":
        records.append(("qualification", {"kind": "chuyen-mon", "level": degree}))
        return
    rows, weights = _studies()
    study = rows[int(weights.draw(life.rng))]
    if life.teacher and study["field"] != "giao-duc":
        study = pick(life.rng, [row for row in rows if row["field"] == "giao-duc"])
    first = "dai-hoc" if degree in ("thac-si", "tien-si") else degree
    records.append(("qualification", _degree(life, study, level=first, day=life.graduated, form=pick(life.rng, FORMS))))
    if degree != first:
        worked = life.until - life.recruited
        day = life.recruited + min(worked - 30, 2.2 * YEAR + life.rng.random() * max(0, worked - 2.5 * YEAR))
        records.append(("qualification", _degree(life, study, level=degree, day=max(day, life.graduated), form="chinh-quy")))


def _degree(life: Life, study: dict[str, str], *, level: str, day: float, form: str) -> Row:
    return {
        "kind": "chuyen-mon", "level": level, "field": study["field"], "field_text": study["text"],
        "institution": study["institution"], "form": form, "obtained": iso(day),
    }  # fmt: skip


def _at_work(life: Life, *, after: float) -> str:
    """A day at work, some years after recruitment where the career is long enough."""
    first = min(life.recruited + after * YEAR, life.until - 20)
    return iso(first + life.rng.random() * (life.until - first - 10))


def _theory(life: Life, *, records: Records) -> None:
    tier = min(life.slot.tier, 2) if life.teacher else life.slot.tier
    for kind, shares, after in (("llct", THEORY, 3.0), ("qlnn", MANAGEMENT, 1.0)):
        level = drawn(life, shares[tier])
        if level:
            records.append(("qualification", {"kind": kind, "level": level, "obtained": _at_work(life, after=after)}))
        else:
            add_none(life, kind, records=records)


def _skills(life: Life, *, records: Records) -> None:
    rng = life.rng
    it, language = drawn(life, IT), drawn(life, LANGUAGE)
    if it:
        records.append(("qualification", {"kind": "tin-hoc", "level": it, "obtained": _at_work(life, after=0)}))
    else:
        add_none(life, "tin-hoc", records=records)
    if language:
        tongue = "anh" if rng.random() < 0.94 else pick(rng, ("nga", "trung", "phap"))
        row = {"kind": "ngoai-ngu", "level": language, "language": tongue, "obtained": _at_work(life, after=0)}
        records.append(("qualification", row))
    else:
        add_none(life, "ngoai-ngu", records=records)
    for kind, share in (("tieng-dan-toc", 0.25), ("qpan", 0.7 if life.slot.tier else 0.2)):
        if rng.random() < share:
            records.append(("qualification", {"kind": kind, "obtained": _at_work(life, after=1)}))
        else:
            add_none(life, kind, records=records)


def add_none(life: Life, kind: str, *, records: Records) -> None:
    """ "Không có" as declared when recruited and every year since; now and then nobody asked."""
    if life.rng.random() >= 0.03:
        records.append(("declared_none", {"kind": kind, "known_from": iso(life.recruited)}))


def _attendance(life: Life, *, records: Records) -> None:
    rng = life.rng
    course = pick(rng, table("trainings"))
    if (course["kind"] == "chuc-danh-nghe-nghiep") != life.teacher:
        course = pick(rng, table("trainings")[4:12])
    first = max(life.recruited, life.until - 6 * YEAR)
    start = first + rng.random() * max(1, life.until - first - 40)
    hours = int(course["hours"])
    row = {
        "training": course["name"], "kind": course["kind"], "family": course["family"], "provider": course["provider"],
        "form": "tap-trung" if hours < 100 else "khong-tap-trung", "start": iso(start), "hours": hours,
        "end": iso(min(start + hours / 6, life.until - 1)), "result": pick(rng, RESULTS),
    }  # fmt: skip
    records.append(("attendance", row))
