"""An invented person's service: employments, posts, bodies, pay, ratings, plans, awards, discipline."""

from typing import Any

from canbo.demo.dates import YEAR, iso, ordinal
from canbo.demo.learning import Records, add_none
from canbo.demo.lives import Life, Stage, pick
from canbo.demo.tables import table

Row = dict[str, Any]
GRADES = (("hoan-thanh-xuat-sac", 0.17), ("hoan-thanh-tot", 0.92), ("hoan-thanh", 0.99), ("khong-hoan-thanh", 1.0))
AWARDS = ("lao-dong-tien-tien", "lao-dong-tien-tien", "chien-si-thi-dua-co-so", "giay-khen", "bang-khen")
# From which tier one is planned for which titles.
PLANNED = {
    ("xa", 1): ("pho-truong-phong-xa", "pho-ban-xdd-xa", "pho-chanh-vp-xa"),
    ("xa", 2): ("pho-chu-tich-ubnd-xa", "pho-chu-tich-hdnd-xa", "uv-btv-xa", "chu-tich-mttq-xa"),
    ("xa", 3): ("bi-thu-xa", "chu-tich-ubnd-xa", "pho-bi-thu-thuong-truc-xa"),
    ("tinh", 1): ("pho-truong-phong-tinh", "truong-phong-tinh"),
    ("tinh", 2): ("pho-giam-doc-so-tinh",),
    ("tinh", 3): ("giam-doc-so-tinh", "truong-ban-tinh"),
}
# The present and the next term of each side: a title is planned for the terms of its own.
TERMS = {"dang": ("2025-2030", "2030-2035"), "nha-nuoc": ("2026-2031", "2031-2036")}
PARTY_TITLES = frozenset({
    "pho-ban-xdd-xa", "uv-btv-xa", "chu-tich-mttq-xa", "bi-thu-xa", "pho-bi-thu-thuong-truc-xa", "truong-ban-tinh",
})  # fmt: skip


def add_service(life: Life, *, records: Records, party_joined: float | None) -> None:
    _employments(life, records=records)
    for stage in life.stages:
        _holding(life, stage, records=records)
    _memberships(life, records=records)
    _work_history(life, records=records)
    _pay(life, records=records)
    _ratings(life, records=records, party_joined=party_joined)
    _plan(life, records=records)
    _honours(life, records=records)


def _employments(life: Life, *, records: Records) -> None:
    """One span for each unit one after the other."""
    stages = life.stages
    first = 0
    for n, stage in enumerate(stages):
        if n + 1 == len(stages) or stages[n + 1].unit != stage.unit:
            row: Row = {"unit_id": stage.unit, "staff_kind": stage.staff_kind, "start": iso(stages[first].start)}
            if stage.end is not None:
                row["end"] = iso(stage.end)
            records.append(("employment", row))
            first = n + 1


def _holding(life: Life, stage: Stage, *, records: Records) -> None:
    row: Row = {
        "unit_id": stage.unit, "title_id": stage.title, "title_text": stage.title_name, "post_id": stage.post,
        "seat_id": stage.seat, "kind": _kind(life, stage), "start": iso(stage.start),
    }  # fmt: skip
    if stage.end is not None:
        row["end"] = iso(stage.end)
    records.append(("holding", row))
    also = life.slot.also
    if also and stage.seat is not None:
        second = {"unit_id": also.unit, "title_id": also.title, "title_text": also.name, "post_id": also.post, "seat_id": also.seat}
        records.append(("holding", second | {"kind": "concurrent", "start": row["start"]}))


def _kind(life: Life, stage: Stage) -> str:
    if stage.tier < 2 or stage.staff_kind == "vien-chuc":
        return "main"
    at = life.rng.random()
    if stage.tier >= 3 and at < 0.12:
        return "rotated"
    if at > 0.98:
        return "acting"
    return "elected" if stage.staff_kind == "can-bo" else "main"


def _memberships(life: Life, *, records: Records) -> None:
    """Seats in committees and councils that go with the post, of the old commune and of today's unit."""
    for stage in life.stages:
        if stage.former and stage.tier >= 2:
            kinds, bodies = frozenset({"bch"} if stage.tier == 2 else {"bch", "btv"}), stage.former.bodies
        elif stage.seat is not None:
            kinds, bodies = life.slot.kinds, life.slot.office.bodies
        else:
            continue
        began, ended = iso(stage.start), iso(stage.end) if stage.end else None
        for seat in bodies:
            start, end = max(seat.start, began), min(filter(None, (seat.end, ended)), default=None)
            if seat.kind in kinds and start < (end or "9999"):
                row = {"body_id": seat.body, "role": "uy-vien", "start": start, "end": end}
                records.append(("membership", row))


def _work_history(life: Life, *, records: Records) -> None:
    for stage in life.stages[-2:]:
        row: Row = {"unit_text": stage.unit_name, "title_text": stage.title_name, "start": iso(stage.start)[:7]}
        if stage.end is not None:
            row["end"] = iso(stage.end)[:7]
        records.append(("work_history", row))


def _pay(life: Life, *, records: Records) -> None:
    """The last two steps of the rank."""
    profile = "teacher" if life.teacher else str(life.slot.tier)
    rank = next(row for row in table("ranks") if row["profile"] == profile)
    months, steps = int(rank["months"]), int(rank["steps"])
    length = months * YEAR / 12
    served = life.until - life.recruited
    base = life.recruited + (8 * YEAR if profile in "34" and served > 9 * YEAR else 0)
    last = min(steps - 1, int((life.until - base) / length))
    for step in range(max(0, last - 1), last + 1):
        row: Row = {
            "rank_code": rank["code"], "rank_text": rank["name"], "rank_on": iso(base), "step": step + 1,
            "coefficient": f"{float(rank['first']) + step * float(rank['increment']):.2f}",
            "start": iso(base + step * length),
        }  # fmt: skip
        if step < last:
            row["end"] = iso(base + (step + 1) * length)
        elif life.left is not None:
            row["end"] = iso(life.left)
        records.append(("pay", row))


def _ratings(life: Life, *, records: Records, party_joined: float | None) -> None:
    """Five to eight years, where served so long; Party members also as members in the last two of them."""
    rng, last = life.rng, int(iso(life.until)[:4]) - 1
    first = max(int(iso(life.recruited)[:4]) + (1 if iso(life.recruited)[5:7] > "06" else 0), last - 4 - int(rng.random() * 4))
    for year in range(first, last + 1):
        stage = next((s for s in reversed(life.stages) if iso(s.start)[:4] <= str(year)), life.stages[0])
        records.append(("rating", _rating(life, year=year, stage=stage, capacity="official")))
        if party_joined and year >= last - 1 and iso(party_joined)[:4] < str(year):
            records.append(("rating", _rating(life, year=year, stage=stage, capacity="party")))


def _rating(life: Life, *, year: int, stage: Stage, capacity: str) -> Row:
    at = life.rng.random()
    grade = next(grade for grade, bound in GRADES if at < bound)
    regime = rating_regime(stage.staff_kind, capacity)
    return {"period": str(year), "regime": regime, "capacity": capacity, "grade": grade, "unit_id": stage.unit}


def rating_regime(staff_kind: str, capacity: str) -> str:
    """The regime by which somebody of this kind is rated; which version of it, the year says."""
    kinds = {(row["capacity"], row["staff_kind"]): row["regime"] for row in table("regimes")}
    return kinds.get((capacity, "" if capacity == "party" else staff_kind), "")


def _plan(life: Life, *, records: Records) -> None:
    titles = PLANNED.get((life.slot.office.level, life.slot.tier), ())
    share = 0.12 if life.slot.tier == 1 else 0.45
    if life.teacher or not titles or life.rng.random() > share or life.left is not None:
        return add_none(life, "planning", records=records)
    world, rng = life.ground.world, life.rng
    earliest = max(life.recruited, ordinal(life.slot.office.since or "2022-01-01"))
    chosen = {pick(rng, titles) for _ in range(1 + int(rng.random() * 1.4))}
    for title in sorted(chosen):
        start = earliest + rng.random() * max(1, life.ground.on - earliest - 30)
        row: Row = {
            "title_id": world.titles[title], "unit_id": life.slot.office.root, "start": iso(start),
            "term_id": world.terms[pick(rng, TERMS["dang" if title in PARTY_TITLES else "nha-nuoc"])],
            "plan_class": pick(rng, ("1", "1", "2")), "origin": pick(rng, ("tai-cho", "tai-cho", "giua-cac-xa")),
            "ground_in": "Rà soát, bổ sung quy hoạch hằng năm",
        }  # fmt: skip
        if rng.random() < 0.1 and life.ground.on - start > 200:
            row |= {"end": iso(start + 180), "ground_out": "Không còn đủ tuổi quy hoạch"}
        records.append(("plan_entry", row))
    return None


def _honours(life: Life, *, records: Records) -> None:
    rng = life.rng
    first = max(life.recruited, life.until - 10 * YEAR)
    for _ in range(int(rng.random() * 2.4)):
        records.append(("award", {"form": pick(rng, AWARDS), "on": iso(first + rng.random() * (life.until - first))[:4]}))
    if rng.random() < 1 - 0.015:
        return add_none(life, "discipline", records=records)
    decided = first + rng.random() * (life.until - first)
    side = pick(rng, ("dang", "nha-nuoc"))
    row = {
        "side": side, "form": pick(rng, ("khien-trach", "khien-trach", "canh-cao")), "decided_on": iso(decided),
        "ended_on": iso(decided + YEAR), "authority": "Ủy ban Kiểm tra Tỉnh ủy" if side == "dang" else "UBND tỉnh",
        "matter": "Thiếu trách nhiệm trong thực hiện nhiệm vụ",
    }  # fmt: skip
    records.append(("discipline", row))
    return None
