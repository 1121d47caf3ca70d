"""The items of a CV as texts and tables. Not held by design is said as such; not seen is left out; unknown stays blank."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from canbo.dossier import models as m
from canbo.dossier.cv.sources import Sources, field_group, sources_of
from canbo.dossier.cv.tables import TABLES, CvTable, coefficient_text
from canbo.dossier.labels import choices_of, label_of_code
from canbo.dossier.models import Person
from canbo.kernel.actors import Actor, Scope
from canbo.kernel.numbers import decimal_text

ON_PAPER = "theo hồ sơ giấy"
NONE = "Không"
CHECKING = "(đang xác minh)"
_STATE_BODIES = frozenset({"hdnd", "ubnd"})


@dataclass(frozen=True)
class CvValues:
    """`texts`: atom → text, "" = not known; an atom or table of a group the reader does not see is in neither."""

    name: str
    on: date
    texts: dict[str, str] = field(default_factory=dict)
    tables: dict[str, CvTable] = field(default_factory=dict)
    photo_sha256: str = ""


def cv_values(*, person: Person, on: date, actor: Actor, scope: Scope) -> CvValues:
    """Everything the forms print of a person the reader was shown; `actor` was asked for the dossier before."""
    read = sources_of(person=person, on=on, scope=scope)
    texts = _own_fields(read)
    for group, made in _MAKERS:
        if scope.sees_group(group):
            texts |= made(read)
    texts |= {"family": ON_PAPER} | _history(read)
    nones = read.nones()
    for atom, kinds in _NONE_OF.items():
        if atom in texts and not texts[atom] and nones & set(kinds):
            texts[atom] = NONE
    tables = {name: table for name, make in TABLES.items() if (table := make(read)) is not None}
    return CvValues(person.full_name, on, texts, tables, person.photo_sha256 if scope.sees_group("basic") else "")


# atom → kinds of "không có" that answer it.
_NONE_OF: dict[str, tuple[str, ...]] = {
    "religion": ("religion",),
    "policy": ("chinh-sach", "policy_category"),
    "enlisted_on": ("military", "enlisted_on"),
    "planned": ("planning", "planned", "planned_for"),
    "awards": ("award", "awards"),
    "disciplines": ("discipline",),
    "party_joined": ("party_joined",),
    "llct": ("llct",),
    "qlnn": ("qlnn",),
    "it": ("tin-hoc",),
    "foreign_language": ("ngoai-ngu", "foreign_language"),
    "state_title": ("danh-hieu",),
    "concurrent": ("holding", "position"),
}
_FIELDS = {
    name.removesuffix("_sealed"): name
    for name in (
        "full_name", "other_name", "birth", "sex", "ethnicity", "birth_place", "native_place", "staff_number",
        "religion_sealed", "personal_id_sealed", "personal_id_issued_on", "social_insurance_sealed",
        "health_insurance_sealed", "phone_sealed", "permanent_residence", "residence", "job_before", "recruited_on",
        "recruiting_agency", "joined_agency_on", "party_joined", "party_official", "first_organisation_on",
        "first_organisation", "enlisted_on", "discharged_on", "military_rank", "academic_title", "main_duty",
        "strength", "longest_job",
    )
}  # fmt: skip


def _own_fields(read: Sources) -> dict[str, str]:
    certified, disputed = read.claims()
    texts = {}
    for atom, name in _FIELDS.items():
        if read.sees(field_group(name)):
            text = certified.get(name) or read.shown(read.person, name)
            texts[atom] = f"{text} {CHECKING}" if name in disputed else text
    return texts


def _service(read: Sources) -> dict[str, str]:
    serving = read.current(m.Employment, "start")
    unit = serving[-1].unit if serving else None
    holdings = read.current(m.Holding, "start")
    main = [h for h in holdings if h.kind != "concurrent"]
    last = main[-1] if main else None
    # Memberships are of the Party group: a reader without it reads no row here.
    state = [_seat(read, row) for row in read.current(m.Membership, "start") if row.body.kind in _STATE_BODIES]
    return {
        "unit": unit.name if unit else "",
        "position": "; ".join(_post(h) for h in main),
        "appointed_on": read.shown(last, "start") if last and not last.since_list else "",
        "reappointed_on": read.shown(last, "reappointed_on") if last else "",
        "concurrent": "; ".join([*(_post(h) for h in holdings if h.kind == "concurrent"), *state]),
    }


def _post(holding: Any) -> str:
    """The title as written, else its name; with its unit unless the title names it."""
    title = holding.title_text or (holding.title.name if holding.title else "")
    unit = holding.unit.name if holding.unit else ""
    return title if not unit or unit.lower() in title.lower() else f"{title}, {unit}"


def _party(read: Sources) -> dict[str, str]:
    rows = [row for row in read.current(m.Membership, "order", "start") if row.body.kind not in _STATE_BODIES]
    rows.sort(key=lambda row: row.body.kind != "btv")  # the standing committee names the highest post
    found = [_seat(read, row) for row in rows]
    return {"party_position": found[0] if found else "", "party_concurrent": "; ".join(found[1:])}


def _seat(read: Sources, row: Any) -> str:
    return f"{read.shown(row, 'role')} {row.body.name}".strip()


def _planning(read: Sources) -> dict[str, str]:
    rows = read.current(m.PlanEntry, "start")
    return {"planned": "; ".join(_planned(row) for row in rows)}


def _planned(row: Any) -> str:
    title = row.title_text or (row.title.name if row.title else "")
    return f"{title} (nhiệm kỳ {row.term.code})" if row.term else title


def _learning(read: Sources) -> dict[str, str]:
    rows = [row for row in read.rows(m.Qualification, "obtained") if row.obtained is None or row.obtained.lo <= read.on]
    kinds = {"general_education": "pho-thong", "highest_education": "chuyen-mon", "llct": "llct", "qlnn": "qlnn",
             "it": "tin-hoc", "foreign_language": "ngoai-ngu"}  # fmt: skip
    return {atom: _highest(read, [row for row in rows if row.kind == kind]) for atom, kind in kinds.items()}


def _highest(read: Sources, rows: list[Any]) -> str:
    """The highest step reached, with its field or language; what is not on the scale stands as it was written."""
    if not rows:
        return ""
    best = max(rows, key=lambda row: (_step(row.kind, row.level), row.obtained.iso if row.obtained else ""))
    text = read.shown(best, "level") or best.text
    detail = read.shown(best, "language") if best.kind == "ngoai-ngu" else best.field_text
    return f"{text}, {detail}" if detail and detail.lower() not in text.lower() else text


def _step(kind: str, level: str) -> int:
    codes = [code for code, _ in choices_of(table="qualification", column="level", kind=kind)]
    return codes.index(level) if level in codes else -1


def _pay(read: Sources) -> dict[str, str]:
    rows = read.current(m.Pay, "start")
    now = rows[-1] if rows else None

    def of(name: str) -> str:
        return read.shown(now, name) if now else ""

    code, text = of("rank_code"), of("rank_text")
    over = f"{of('over_frame_percent')}% từ {of('over_frame_on')}" if of("over_frame_percent") else ""
    money = f"{now.salary_vnd:,} đồng".replace(",", ".") if now and now.salary_vnd else ""
    allowances = [_allowance(read, row) for row in read.current(m.Allowance, "kind")]
    return {
        "rank": f"{text} ({code})" if text and code else text or code, "rank_on": of("rank_on"), "step": of("step"),
        "coefficient": coefficient_text(now.coefficient) if now else "", "step_on": of("start"),
        "pay_percent": f"{of('percent')}%" if of("percent") else "",
        "over_frame": over, "job_position": of("job_position"), "salary_vnd": money, "allowances": "; ".join(allowances),
    }  # fmt: skip


def _allowance(read: Sources, row: Any) -> str:
    size = f"{decimal_text(row.percent)}%" if row.percent is not None else coefficient_text(row.coefficient)
    return f"{row.kind}: {size}" if size else str(row.kind)


def _distinctions(read: Sources) -> dict[str, str]:
    rows = read.rows(m.Distinction, "on")
    shown = {
        kind: "; ".join(
            row.text or label_of_code(table="distinction", column="code", code=row.code)
            for row in rows
            if row.kind == kind
        )
        for kind in ("chinh-sach", "danh-hieu")
    }
    awards = [
        " ".join(p for p in (read.shown(r, "form") or r.text, _in_brackets(read.shown(r, "on"))) if p)
        for r in read.rows(m.Award, "on")
    ]
    return {"policy": shown["chinh-sach"], "state_title": shown["danh-hieu"], "awards": "; ".join(awards)}


def _disciplines(read: Sources) -> dict[str, str]:
    rows = [
        row for row in read.rows(m.Discipline, "decided_on") if row.decided_on is None or row.decided_on.lo <= read.on
    ]
    texts = [f"{read.shown(r, 'form') or r.text} {_in_brackets(read.shown(r, 'decided_on'))}".strip() for r in rows]
    return {"disciplines": "; ".join(texts)}


def _in_brackets(text: str) -> str:
    return f"({text})" if text else ""


def _health(read: Sources) -> dict[str, str]:
    rows = read.rows(m.HealthCertificate, "certified_on")
    last = rows[-1] if rows else None
    text = f"Loại {read.shown(last, 'class_sealed')}, khám {read.shown(last, 'certified_on')}" if last else ""
    return {"health": text, "health_body": f"chiều cao, cân nặng, nhóm máu: {ON_PAPER}"}


def _assets(read: Sources) -> dict[str, str]:
    rows = read.rows(m.AssetDeclaration, "declared_on")
    text = f"Đã kê khai, ngày {read.shown(rows[-1], 'declared_on')}" if rows else ""
    return {"assets": text, "assets_facts": f"nội dung: {ON_PAPER}"}


def _history(read: Sources) -> dict[str, str]:
    """Items 11 and 34: never the matter; the conclusion where the agency keeps it and the reader sees the group."""
    rows = {row.item: row for row in read.rows(m.HistoryConclusion, "item")}
    return {f"history_{item}": _conclusion(read, rows.get(item)) for item in ("11", "34.1", "34.2", "34.3")}


def _conclusion(read: Sources, row: Any) -> str:
    if row is None:
        return ON_PAPER
    said = "Có kê khai" if row.present else "Không có nội dung phải kê khai"
    parts = (read.shown(row, "conclusion_sealed"), read.shown(row, "paper_sealed"))
    return "; ".join((said, *(part for part in parts if part), ON_PAPER))


_MAKERS: tuple[tuple[str, Callable[[Sources], dict[str, str]]], ...] = (
    ("career", _service),
    ("party", _party),
    ("planning", _planning),
    ("qualification", _learning),
    ("pay", _pay),
    ("basic", _distinctions),
    ("discipline", _disciplines),
    ("health", _health),
    ("assets", _assets),
)
