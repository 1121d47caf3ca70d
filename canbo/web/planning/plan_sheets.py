"""Tables of the plan on a day, one for each view of its page."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from canbo.dossier.models import PlanEntry
from canbo.facts.registry import Ask
from canbo.kernel.text import sort_key
from canbo.planning.models import CLASSES, ORIGINS, Line
from canbo.planning.queries import lines, slates
from canbo.snapshot.queries import current, facts_frame
from canbo.web.evaluation.sheets import Cell, Sheet
from canbo.web.planning.plan_asked import PlanAsked
from canbo.web.planning.view import reads

LEVELS = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã"}


def title_of(row: PlanEntry) -> str:
    """The title, else the body, else what was written."""
    return row.title.name if row.title else row.body.name if row.body else row.title_text or "chưa rõ chức danh"


def _order(row: PlanEntry) -> tuple[Any, ...]:
    """Title by title in protocol order, the higher level first; then unit, term, given name."""
    title = row.title
    place = (title.level != "tinh", title.level, title.protocol_order) if title else (True, "~", 99999)
    unit = (row.unit.order, row.unit.name) if row.unit else (0, "")
    return place, title_of(row), unit, row.term.code if row.term else "", sort_key(row.person.full_name), row.pk


def _seen(asked: PlanAsked) -> frozenset[int]:
    """People whose dossiers the reader may open today."""
    if not asked.desk.actor.may("dossier.read"):
        return frozenset()
    frame = facts_frame(snapshot=current(), ask=Ask(on=asked.desk.today), names=(), scope=asked.desk.scope)
    return frozenset(frame["key"].to_list())


def _name(row: PlanEntry, seen: frozenset[int]) -> Cell:
    return Cell(row.person.full_name, reverse("dossier", args=[row.person_id]) if row.person_id in seen else "")


def people_rows(asked: PlanAsked) -> Sheet:
    heads = (
        "Họ và tên", "Ngày sinh", "Giới tính", "Chức danh quy hoạch", "Đơn vị", "Nhiệm kỳ", "Đối tượng", "Nguồn", "Từ ngày", "Quyết định",
    )  # fmt: skip
    found, seen = sorted(asked.entries(), key=_order), _seen(asked)
    rows = [(_name(row, seen), *map(Cell, _person(row)), *map(Cell, _place(row)), *map(Cell, _came(row))) for row in found]
    people = len({row.person_id for row in found})
    return Sheet("Người trong quy hoạch", heads, rows, (*asked.about, f"{len(found)} lượt quy hoạch của {people} người"))


def _person(row: PlanEntry) -> tuple[str, str]:
    person = row.person
    return person.birth.display if person.birth else "", person.get_sex_display()


def _place(row: PlanEntry) -> tuple[str, str, str]:
    return title_of(row), row.unit.name if row.unit else "", row.term.code if row.term else ""


def _came(row: PlanEntry) -> tuple[str, ...]:
    return (
        dict(CLASSES).get(row.plan_class, row.plan_class), dict(ORIGINS).get(row.origin, row.origin),
        row.start.display if row.start else "", row.decision.number if row.decision else "",
    )  # fmt: skip


def count_rows(asked: PlanAsked) -> Sheet:
    """People by level, title or body, and term; every number opens its people."""
    found = sorted(asked.entries(), key=_order)
    terms = sorted({row.term.code for row in found if row.term})
    counts: Counter[tuple[str, str]] = Counter()
    titles: dict[str, PlanEntry] = {}
    for row in found:
        titles.setdefault(_code(row), row)
        counts[_code(row), row.term.code if row.term else ""] += 1
    rows = [_count_row(code, row, terms, counts, asked) for code, row in titles.items()]
    sums = [Cell(sum(counts[code, term] for code in titles)) for term in (*terms, "")]
    total = (Cell("Cộng"), Cell(""), *sums, Cell(len(found)))
    heads = ("Chức danh, tập thể", "Cấp", *(f"Nhiệm kỳ {term}" for term in terms), "Chưa rõ nhiệm kỳ", "Cộng")
    return Sheet("Số lượng quy hoạch", heads, [*rows, total] if rows else [], (*asked.about, "tính theo lượt quy hoạch"), total=bool(rows))


def _code(row: PlanEntry) -> str:
    return row.title.code if row.title else row.body.code if row.body else title_of(row)


def _count_row(code: str, row: PlanEntry, terms: list[str], counts: Counter[tuple[str, str]], asked: PlanAsked) -> tuple[Cell, ...]:
    name = title_of(row)
    level = LEVELS.get(row.title.level, "") if row.title else ""
    known = row.title is not None or row.body is not None
    cells = [
        Cell(n := counts[code, term], _people_url(asked, code, term) if known and term else "", f"{name}, {term}: {n} người")
        for term in (*terms, "")
    ]
    return Cell(name), Cell(level), *cells, Cell(sum(cell.value for cell in cells), _people_url(asked, code, "") if known else "", name)


def _people_url(asked: PlanAsked, title: str, term: str) -> str:
    kept = {name: asked.text(name) for name in ("ngay", "dv", "nk", "loc")} | {"cd": title} | ({"nk": term} if term else {})
    return f"{reverse('planning-list')}?{urlencode({name: value for name, value in kept.items() if value})}"


def history_rows(asked: PlanAsked) -> Sheet:
    """Everybody who was ever in: from when to when, with ground and document of both."""
    heads = (
        "Họ và tên", "Chức danh quy hoạch", "Đơn vị", "Nhiệm kỳ", "Từ ngày", "Căn cứ đưa vào", "Quyết định", "Đến ngày", "Lý do đưa ra",
    )  # fmt: skip
    found, seen = sorted(asked.entries(history=True), key=_order), _seen(asked)
    rows = [
        (
            _name(row, seen), *map(Cell, _place(row)), Cell(row.start.display if row.start else ""), Cell(row.ground_in),
            Cell(row.decision.number if row.decision else ""), Cell(row.end.display if row.end else ""), Cell(row.ground_out),
        )
        for row in found
    ]  # fmt: skip
    return Sheet("Đưa vào, đưa ra khỏi quy hoạch", heads, rows, (*asked.about[1:], f"{len(rows)} lượt quy hoạch từ trước đến nay"))


def change_rows(asked: PlanAsked) -> Sheet:
    """Versions of the plan: on each day and by each decision who came in and left, and how many stood there afterwards."""
    heads = ("Ngày", "Chức danh quy hoạch", "Đơn vị", "Nhiệm kỳ", "Quyết định", "Đưa vào", "Đưa ra", "Còn trong quy hoạch", "Người")
    changes: dict[tuple[str, ...], dict[str, list[PlanEntry]]] = {}
    for row in sorted(asked.entries(history=True), key=_order):
        if row.start:
            came = (row.start.iso, *_place(row), row.decision.number if row.decision else "")
            changes.setdefault(came, {"in": [], "out": []})["in"].append(row)
        if row.end:
            changes.setdefault((row.end.iso, *_place(row), ""), {"in": [], "out": []})["out"].append(row)
    rows, standing = [], Counter[tuple[str, ...]]()
    for key in sorted(changes):
        new, left = changes[key]["in"], changes[key]["out"]
        standing[key[1:4]] += len(new) - len(left)
        rows.append(_change_row(key, new, left, standing[key[1:4]]))
    return Sheet("Các lần thay đổi quy hoạch", heads, rows[::-1], (*asked.about[1:], "mới nhất ở trên"))


def _change_row(key: tuple[str, ...], came: list[PlanEntry], left: list[PlanEntry], stand: int) -> tuple[Cell, ...]:
    day = (came[0].start if came else left[0].end).display  # type: ignore[union-attr]
    names = [f"+ {row.person.full_name}" for row in came] + [f"− {row.person.full_name}" for row in left]
    return Cell(day), *map(Cell, key[1:5]), Cell(len(came)), Cell(len(left)), Cell(stand), Cell("; ".join(names))


def refused_rows(asked: PlanAsked) -> Sheet:
    """People rounds looked at and did not let in, or did not let go, each with the reason."""
    heads = ("Họ và tên", "Chức danh quy hoạch", "Đơn vị", "Nhiệm kỳ", "Đề nghị", "Lý do không đồng ý", "Đợt", "Ngày quyết định")
    found = [slate for slate in slates(**reads(asked.desk)) if _of(slate, asked)]
    kept = lines(slates=found, **reads(asked.desk))
    rows = [_refused(slate, line) for slate in found for line in kept[slate.pk] if line.outcome == "refused" and _fits(line, asked)]
    return Sheet("Người không được đồng ý", heads, rows, asked.about[1:])


def _of(slate: Any, asked: PlanAsked) -> bool:
    here = asked.units is None or slate.home.unit_id in asked.units
    return here and asked.text("cd") in ("", slate.title.code) and asked.text("nk") in ("", slate.term.code)


def _fits(line: Line, asked: PlanAsked) -> bool:
    return asked.where is None or asked.said.get(line.person_id) is True


def _refused(slate: Any, line: Line) -> tuple[Cell, ...]:
    day = str(line.frozen.get("on", ""))
    texts = (
        slate.title.name, slate.home.unit.name, slate.term.code, line.get_standing_display(), line.reason, slate.home.round.name,
        "/".join(reversed(day.split("-"))),
    )  # fmt: skip
    return Cell(line.person.full_name, reverse("planning-line", args=[line.pk])), *map(Cell, texts)


__all__ = ["change_rows", "count_rows", "history_rows", "people_rows", "refused_rows", "title_of"]
