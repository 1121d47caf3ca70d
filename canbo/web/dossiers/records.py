"""One record of a dossier: added, corrected with old and new side by side, or closed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.audit.queries import last_seq
from canbo.dossier.changes import RECORDS, StaleDossier, ValueRefused, add_record, correct_record
from canbo.dossier.groups import group_of_table
from canbo.dossier.labels import choices_of
from canbo.dossier.models import Person, Waiver
from canbo.dossier.queries import NotVisible
from canbo.dossier.sections import RECORD_SECTIONS, group_of_row
from canbo.dossier.sensitive import RELATIVE_TABLE, closed_tables
from canbo.organization.picking import KINDS, suggestions
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import kept_by, person_of, purpose_of
from canbo.web.dossiers.history import history_of
from canbo.web.dossiers.recordforms import BY_KIND, CLOSING, READ_ONLY, RecordForm


@dataclass(frozen=True)
class Target:
    """Which record of whose dossier; `row` None = a new one."""

    person: Person
    table: str
    row: Model | None
    kind: str
    closing: bool

    @property
    def title(self) -> str:
        return next(s.title for s in RECORD_SECTIONS if s.model._meta.db_table == self.table)

    @property
    def slug(self) -> str:
        return group_of_table(self.table).slug

    def form(self, data: Any = None) -> RecordForm:
        only = CLOSING if self.closing else ()
        return RecordForm(table=self.table, person=self.person, row=self.row, kind=self.kind, only=only, data=data)


@page("dossier.write")
def add(request: HttpRequest, desk: Desk, person: int, table: str) -> HttpResponse:
    found = kept_by(desk, person)
    require_table(desk, found, table)
    if table == RELATIVE_TABLE and not purpose_of(request, person):
        return redirect("dossier-family", person)
    if table == Waiver._meta.db_table:  # by its own page: the standards to choose from are the law's
        return redirect("waiver-add", person)
    kind = request.GET.get("loai", "") or request.POST.get("loai", "")
    if table in BY_KIND and kind not in dict(choices_of(table=table, column="kind")):
        kinds = choices_of(table=table, column="kind")
        return render(request, "dossier/kinds.html", {"person": found, "table": table, "kinds": kinds})
    return handled(request, desk, Target(found, table, None, kind, False))


@page("dossier.write")
def correct(request: HttpRequest, desk: Desk, person: int, table: str, row: int) -> HttpResponse:
    found = kept_by(desk, person)
    require_table(desk, found, table)
    if table == RELATIVE_TABLE:
        if not (purpose := purpose_of(request, person)):
            return redirect("dossier-family", person)
        record_read(actor=desk.actor, what="family", at=desk.now, person=person, detail=purpose)
    closing = "dong" in request.GET or "dong" in request.POST
    return handled(request, desk, Target(found, table, record_seen(desk, found, table, row), "", closing))


@page("dossier.write")
def suggest(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Labels of units, titles, bodies and terms that hold what is being typed; names of agencies, nobody's data."""
    kind, text = request.GET.get("loai", ""), request.GET.get("q", "")
    found = suggestions(kind=kind, text=text) if kind in KINDS and text.strip() else []
    return JsonResponse({"options": found})


def require_table(desk: Desk, found: Person, table: str) -> None:
    """A table the role may write of this dossier; others are not there."""
    section = next((s for s in RECORD_SECTIONS if s.model._meta.db_table == table), None)
    if section is None or table in READ_ONLY or not desk.scope.sees_group(section.group):
        raise NotVisible
    if table in closed_tables(person=found.pk, on=desk.today):
        raise NotVisible


def record_seen(desk: Desk, found: Person, table: str, row: int) -> Model:
    record: Any = RECORDS[table]._default_manager.filter(pk=row, person=found).first()
    if record is None or not desk.scope.sees_group(group_of_row(table, vars(record))):
        raise NotVisible
    return record  # type: ignore[no-any-return]


def handled(request: HttpRequest, desk: Desk, target: Target) -> HttpResponse:
    """The form; then, for a correction, old beside new; then the write."""
    if request.method != "POST":
        return shown_form(request, target, target.form(), seen=last_seq())
    form, seen, step = target.form(request.POST), request.POST.get("seen", ""), request.POST.get("step", "")
    if not seen.isdecimal() or not form.is_valid():
        return shown_form(request, target, form, seen=seen, status=400)
    if step == "edit":
        return shown_form(request, target, form, seen=seen)
    if target.row is not None and step != "write":
        return compared(request, target, form, seen=seen)
    return written(request, desk, target, form, int(seen))


def written(request: HttpRequest, desk: Desk, target: Target, form: RecordForm, seen: int) -> HttpResponse:
    by: dict[str, Any] = {"on": desk.today, "actor": desk.actor, "scope": desk.scope, "at": desk.now}
    by |= {"reason": form.cleaned_data["reason"], "document": form.cleaned_data["document"], "decision": form.decision()}
    person, table = target.person.pk, target.table
    try:
        if target.row is None:
            add_record(person=person, table=table, values=form.values(), **by)
            messages.success(request, f"Đã thêm vào “{target.title}”.")
        else:
            seq = correct_record(person=person, table=table, row=target.row.pk, values=form.values(), seen_seq=seen, **by)
            messages.success(request, f"Đã ghi “{target.title}”." if seq else "Không có gì thay đổi nên không ghi.")
    except StaleDossier as error:
        return stale(request, desk, target, seen, str(error))
    except ValueRefused as error:
        form.add_error(None, str(error))
        return shown_form(request, target, form, seen=seen, status=400)
    return after(target)


def after(target: Target) -> HttpResponse:
    if target.table == RELATIVE_TABLE:
        return redirect("dossier-family", target.person.pk)
    response = redirect("dossier", target.person.pk)
    response["Location"] += f"#{target.slug}"
    return response


def stale(request: HttpRequest, desk: Desk, target: Target, seen: int, text: str) -> HttpResponse:
    """Somebody was quicker: what she changed, the newest values beside what was typed, ready to be written over them."""
    fresh = person_of(desk, target.person.pk)
    row = record_seen(desk, fresh, target.table, target.row.pk) if target.row is not None else None
    again = Target(fresh, target.table, row, target.kind, target.closing)
    data = request.POST.copy()
    for name, field in again.form().fields.items():
        data[f"initial-{name}"] = field.initial or ""
    form = again.form(data)
    form.is_valid()
    frame = {"conflict": text, "events": history_of(person=fresh, desk=desk, since=seen)}
    return compared(request, again, form, seen=last_seq(), status=409, **frame)


def compared(request: HttpRequest, target: Target, form: RecordForm, *, seen: Any, status: int = 200, **more: Any) -> HttpResponse:
    kept = [(name, value) for name, value in form.data.items() if name not in ("csrfmiddlewaretoken", "step", "seen")]
    frame = {"target": target, "person": target.person, "form": form, "seen": seen, "kept": kept, "differences": form.differences()}
    return render(request, "dossier/record_check.html", frame | more, status=status)


def shown_form(request: HttpRequest, target: Target, form: RecordForm, *, seen: Any, status: int = 200) -> HttpResponse:
    frame = {"target": target, "person": target.person, "form": form, "seen": seen}
    return render(request, "dossier/record.html", frame, status=status)


__all__ = ["add", "correct", "suggest"]
