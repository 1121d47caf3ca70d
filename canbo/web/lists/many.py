"""Work with the people picked in a list: take them away, print, and give all of them the same record in one act."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.assess.changes import ManyRefused, Paper, Planned, add_to_many, plan_for_many
from canbo.dossier.values import ValueRefused
from canbo.engine.types import Code, Scale, pairs
from canbo.facts import scales
from canbo.kernel.dates import DateError, PartialDate, read_date
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.snapshot.store import Snapshot
from canbo.web.desk import Desk, page
from canbo.web.lists.columns import query_of_list
from canbo.web.lists.pages import Asked, ask
from canbo.web.lists.roster import Roster
from canbo.web.lists.states import FORMER

SHOWN = 200
CVS = 200  # as many as one zip of CVs holds
NOBODY = "Chưa chọn ai; hãy đánh dấu người trong danh sách rồi bấm lại."


@dataclass(frozen=True)
class Field:
    """A field of a record that many people get alike: text, partial date, year or a code."""

    name: str
    label: str
    kind: str = "text"
    codes: Code | Scale | None = None
    needed: bool = False

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        return pairs(self.codes) if self.codes else ()


AWARD_FORMS = Code((
    ("lao-dong-tien-tien", "Lao động tiên tiến"), ("chien-si-thi-dua-co-so", "Chiến sĩ thi đua cơ sở"),
    ("giay-khen", "Giấy khen"), ("bang-khen", "Bằng khen"),
))  # fmt: skip
# Kind of record → label, field group, fields to fill in.
KINDS: dict[str, tuple[str, str, tuple[Field, ...]]] = {
    "award": ("Khen thưởng", "basic", (
        Field("form", "Hình thức", "code", AWARD_FORMS, needed=True), Field("on", "Thời điểm", "date", needed=True),
        Field("text", "Ghi như trong quyết định"),
    )),
    "attendance": ("Lớp đào tạo, bồi dưỡng", "training", (
        Field("training", "Tên lớp", needed=True), Field("kind", "Loại", "code", scales.TRAINING_KIND, needed=True),
        Field("start", "Từ ngày", "date", needed=True), Field("end", "Đến ngày", "date"),
        Field("form", "Hình thức", "code", scales.TRAINING_FORM), Field("result", "Kết quả", "code", scales.TRAINING_RESULT),
        Field("provider", "Cơ sở"),
    )),
    "rating": ("Xếp loại năm", "evaluation", (
        Field("period", "Năm", "year", needed=True), Field("grade", "Mức", "code", scales.RATING, needed=True),
    )),
}  # fmt: skip


@page("dossier.read")
def picked(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The people picked, and what can be done with them."""
    asked, chosen = _chosen(request, desk)
    if chosen is None:
        return render(request, "refused.html", {"text": NOBODY}, status=400)
    return render(request, "lists/picked.html", _frame(asked, chosen, desk))


def _chosen(request: HttpRequest, desk: Desk) -> tuple[Asked, Roster | None]:
    """The list the address asks for, narrowed to those picked; None when there is none or nobody is picked."""
    asked = ask(request, desk, current())
    if asked.found is None:
        return asked, None
    chosen = replace(asked.found, keys=asked.found.picked())
    return asked, chosen if len(chosen.keys) else None


def _frame(asked: Asked, chosen: Roster, desk: Desk) -> dict[str, Any]:
    rows = list(enumerate(chosen.cells(0, SHOWN), 1))
    former = asked.question.state == FORMER
    return {
        "query": asked.question.query(), "heads": chosen.heads, "rows": [(i, key, cells) for i, (key, cells) in rows],
        "count": thousands(len(chosen.keys)), "rest": max(0, len(chosen.keys) - SHOWN),
        "people": chosen.keys.to_list()[:CVS], "more_than_cvs": len(chosen.keys) > CVS, "may_export": desk.actor.may("export"),
        "kept": asked.question.pairs(), "kinds": [] if former else kinds_for(desk), "cv_url": reverse("cv-many"),
        "roll_url": reverse("roll"),
    }  # fmt: skip


def kinds_for(desk: Desk) -> list[tuple[str, str]]:
    """Records the reader may give to many."""
    if not desk.actor.may("dossier.write"):
        return []
    return [(code, label) for code, (label, group, _) in KINDS.items() if desk.scope.sees_group(group)]


# --- the same record for many


@page("dossier.write")
def add_record(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Fill in (GET), look at who gets it (POST), write (POST with `ghi`)."""
    asked, chosen = _chosen(request, desk)
    if chosen is None:
        return render(request, "refused.html", {"text": NOBODY}, status=400)
    kind = request.GET.get("loai", "")
    if kind not in dict(kinds_for(desk)):
        return render(request, "refused.html", {"text": "Hãy chọn loại bản ghi ở trang người đã chọn."}, status=400)
    frame = {
        "query": asked.question.query(), "kind": kind, "label": KINDS[kind][0], "fields": _shown_fields(kind, request.POST),
        "count": thousands(len(chosen.keys)), "grounds": _grounds(request.POST),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "lists/add_record.html", frame)
    return _previewed(request, desk, asked, chosen, kind, frame)


def _previewed(
    request: HttpRequest, desk: Desk, asked: Asked, chosen: Roster, kind: str, frame: dict[str, Any]
) -> HttpResponse:
    snapshot, people = current(), chosen.keys.to_list()
    values, errors = values_of_form(kind, request.POST)
    paper, errors["quyet-dinh-ngay"] = _paper(request.POST)
    reason = request.POST.get("ly-do", "").strip()
    errors["ly-do"] = "" if reason else "Hãy ghi lý do của lần ghi này."
    errors = {name: text for name, text in errors.items() if text}
    if errors:
        frame |= {"fields": _shown_fields(kind, request.POST, errors), "grounds": _grounds(request.POST, errors)}
        return render(request, "lists/add_record.html", frame, status=400)
    who: dict[str, Any] = {"on": desk.today, "snapshot": snapshot, "actor": desk.actor, "scope": desk.scope}
    try:
        if "ghi" in request.POST:
            seq, count = add_to_many(people=people, table=kind, values=values, paper=paper, reason=reason, at=desk.now, **who)
            return _told(request, asked, seq, count)
        planned = plan_for_many(people=people, table=kind, values=values, **who)
    except (ManyRefused, ValueRefused) as error:
        return render(request, "lists/add_record.html", frame | {"error": str(error)}, status=400)
    return render(request, "lists/add_record.html", frame | _preview(planned, chosen, kind, values, snapshot))


def _told(request: HttpRequest, asked: Asked, seq: int | None, count: int) -> HttpResponse:
    query = query_of_list(asked.question.query(chon=""))
    if seq is None:
        messages.info(request, "Mọi người đã chọn đều có bản ghi này rồi; không ghi gì thêm.")
        return redirect(f"{reverse('people')}?{query}")
    messages.success(request, f"Đã ghi cho {thousands(count)} người trong một lần ghi.")
    return redirect(f"{reverse('people-batch')}?viec={seq}")


def _preview(planned: Planned, chosen: Roster, kind: str, values: dict[str, Any], snapshot: Snapshot) -> dict[str, Any]:
    """Names, with what each has now and would have."""
    fresh = set(planned.people)
    said = _in_words(kind, values)
    rows = [
        (i, cells[0], "Chưa có" if key in fresh else "Đã có bản ghi này", said if key in fresh else "không ghi thêm")
        for i, (key, cells) in enumerate(chosen.cells(0, len(chosen.keys)), 1)
    ]
    return {"preview": rows, "fresh": thousands(len(fresh)), "already": thousands(len(planned.already))}


def _in_words(kind: str, values: dict[str, Any]) -> str:
    parts = []
    for of in KINDS[kind][2]:
        value = values.get(of.name)
        if value:
            shown = value.display if isinstance(value, PartialDate) else dict(of.options).get(str(value), str(value))
            parts.append(f"{of.label}: {shown}")
    return "; ".join(parts)


def values_of_form(kind: str, data: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The record's values as typed, and what is wrong beside each field."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for of in KINDS[kind][2]:
        text = data.get(of.name, "").strip()
        if not text:
            errors[of.name] = f"Hãy ghi “{of.label}”." if of.needed else ""
            continue
        try:
            values[of.name] = _value(of, text)
        except (DateError, ValueError) as error:
            errors[of.name] = str(error)
    if kind == "attendance" and "kind" in values:
        values["family"] = scales.FAMILY_OF_TRAINING.get(values["kind"], "")
    return values, errors


def _value(of: Field, text: str) -> Any:
    if of.kind == "date":
        return read_date(text)
    if of.kind == "year" and not (text.isdecimal() and len(text) == 4):
        raise ValueError(f"“{text}” không phải một năm; hãy ghi như 2025.")
    if of.kind == "code" and text not in dict(of.options):
        raise ValueError(f"Hãy chọn “{of.label}” trong danh mục.")
    return text


def _paper(data: QueryDict) -> tuple[Paper, str]:
    day = data.get("quyet-dinh-ngay", "").strip()
    try:
        issued = read_date(day) if day else None
    except DateError as error:
        return Paper(), str(error)
    return Paper(data.get("quyet-dinh-so", "").strip(), issued, data.get("quyet-dinh-noi", "").strip()), ""


_GROUNDS = (
    ("quyet-dinh-so", "Số quyết định", 60), ("quyet-dinh-ngay", "Ngày ban hành", 10), ("quyet-dinh-noi", "Cơ quan ban hành", 200),
    ("ly-do", "Lý do ghi (bắt buộc)", 300),
)  # fmt: skip


def _grounds(data: QueryDict, errors: dict[str, str] | None = None) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "longest": longest, "value": data.get(name, ""), "error": (errors or {}).get(name, "")}
        for name, label, longest in _GROUNDS
    ]


def _shown_fields(kind: str, data: QueryDict, errors: dict[str, str] | None = None) -> list[dict[str, Any]]:
    return [
        {"of": of, "value": data.get(of.name, ""), "error": (errors or {}).get(of.name, "")} for of in KINDS[kind][2]
    ]
