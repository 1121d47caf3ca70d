"""Values certified from paper, values disputed, and the page of open disputes over the units of the reader."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from canbo.access.queries import units_under
from canbo.audit.queries import last_seq
from canbo.dossier.certifying import certify_field
from canbo.dossier.changes import StaleDossier, ValueRefused
from canbo.dossier.claims import claimable
from canbo.dossier.disputes import disputes_among, open_disputes, record_dispute, withdraw_dispute
from canbo.dossier.labels import choices_of
from canbo.dossier.models import Person
from canbo.dossier.queries import NotVisible, shown_value
from canbo.dossier.sections import PERSON_FIELD_GROUP
from canbo.dossier.values import label_of
from canbo.facts.registry import Ask
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, page
from canbo.web.dossiers.found import kept_by
from canbo.web.dossiers.inputs import PartialDateInput
from canbo.web.tree import unit_tree

TABLE = Person._meta.db_table


class ClaimForm(forms.Form):
    """What a paper says of one field: the value as people write it, and which paper."""

    value = forms.CharField(label="Giá trị", max_length=300, error_messages={"required": "Hãy ghi giá trị theo giấy tờ."})
    paper = forms.CharField(label="Giấy tờ", max_length=300, error_messages={"required": "Hãy ghi tên, số, ngày của giấy tờ."})
    day = PartialDateInput(label="Ngày đối chiếu", max_length=40, required=False)
    reason = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *, field: str, certify: bool, data: QueryDict | None = None) -> None:
        super().__init__(data)
        choices = choices_of(table=TABLE, column=field)
        if choices:
            self.fields["value"] = forms.ChoiceField(label="Giá trị", choices=[("", "—"), *choices])
        self.fields["value"].label = f"“{label_of(Person, field)}” theo {'giấy tờ gốc' if certify else 'nguồn này'}"
        self.fields["paper"].label = "Giấy tờ gốc (tên, số, ngày)" if certify else "Nguồn nói khác (danh sách, giấy tờ, cơ quan)"
        if not certify:
            del self.fields["day"]


@page("dossier.write")
def certify(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return claim(request, desk, person, certifying=True)


@page("dossier.write")
def dispute(request: HttpRequest, desk: Desk, person: int) -> HttpResponse:
    return claim(request, desk, person, certifying=False)


def claim(request: HttpRequest, desk: Desk, person: int, *, certifying: bool) -> HttpResponse:
    """Which field, then what the paper says of it; nothing typed is lost on a mistake."""
    found = kept_by(desk, person)
    fields = [(name, label_of(Person, name)) for name in claimable() if desk.scope.sees_group(PERSON_FIELD_GROUP[name])]
    field = request.POST.get("muc", "") or request.GET.get("muc", "")
    frame: dict[str, Any] = {"person": found, "certifying": certifying, "fields": fields, "field": field}
    if field not in dict(fields):
        return render(request, "dossier/claim_field.html", frame)
    form = ClaimForm(field=field, certify=certifying, data=request.POST if request.method == "POST" else None)
    disputes = [d for d in open_disputes(of=found, actor=desk.actor, scope=desk.scope) if d.field == field]
    frame |= {"form": form, "label": label_of(Person, field), "typed": shown_value(found, field, TABLE, found.key)}
    frame |= {"disputes": disputes, "seen": request.POST.get("seen", last_seq())}
    if request.method != "POST":
        return render(request, "dossier/claim.html", frame)
    if not form.is_valid() or not str(frame["seen"]).isdecimal():
        return render(request, "dossier/claim.html", frame, status=400)
    try:
        write(desk, found, field, form.cleaned_data, int(frame["seen"]), certifying)
    except (StaleDossier, ValueRefused) as error:
        form.add_error(None, str(error))
        status = 409 if isinstance(error, StaleDossier) else 400
        return render(request, "dossier/claim.html", frame | {"seen": last_seq()}, status=status)
    messages.success(request, "Đã xác nhận theo giấy tờ gốc." if certifying else "Đã ghi mâu thuẫn, chờ xác minh.")
    return redirect("dossier", found.pk)


def write(desk: Desk, found: Person, field: str, said: dict[str, Any], seen: int, certifying: bool) -> None:
    by: dict[str, Any] = {"on": desk.today, "actor": desk.actor, "scope": desk.scope, "at": desk.now, "reason": said["reason"]}
    if certifying:
        certify_field(
            person=found.pk, field=field, value=said["value"], paper=said["paper"], certified_on=said["day"], seen_seq=seen, **by
        )
    else:
        record_dispute(person=found.pk, field=field, value=said["value"], said_by=said["paper"], **by)


@page("dossier.write")
def withdraw(request: HttpRequest, desk: Desk, person: int, dispute: int) -> HttpResponse:
    """Close a dispute because the other source was wrong."""
    found = kept_by(desk, person)
    shown = next((d for d in open_disputes(of=found, actor=desk.actor, scope=desk.scope) if d.pk == dispute), None)
    if shown is None:
        raise NotVisible
    seen, reason = str(request.POST.get("seen", last_seq())), request.POST.get("reason", "")
    frame = {"person": found, "dispute": shown, "seen": seen, "reason": reason}
    if request.method != "POST":
        return render(request, "dossier/withdraw.html", frame)
    try:
        withdraw_dispute(
            person=found.pk, dispute=dispute, seen_seq=int(seen) if seen.isdecimal() else 0, on=desk.today, actor=desk.actor,
            scope=desk.scope, at=desk.now, reason=reason,
        )  # fmt: skip
    except (StaleDossier, ValueRefused) as error:
        return render(request, "dossier/withdraw.html", frame | {"error": str(error), "seen": last_seq()}, status=400)
    messages.success(request, "Đã bỏ mâu thuẫn; hồ sơ giữ giá trị đang có.")
    return redirect("dossier", found.pk)


@page("dossier.read")
def disputes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open disputes of the people serving in the reader's units, or in one of them."""
    snapshot = current()
    tree = unit_tree(snapshot=snapshot, on=desk.today, scope=desk.scope)
    typed = request.GET.get("dv", "").strip()
    unit, error = tree.find(typed)
    frame = facts_frame(snapshot=snapshot, ask=Ask(on=desk.today), names=["name", "unit_name"], scope=desk.scope)
    names = {key: (name, place) for key, of, name, place in frame.select("key", "unit_id", "name", "unit_name").iter_rows()
             if unit is None or of in units_under([unit])}  # fmt: skip
    found = [] if error else disputes_among(people=set(names), actor=desk.actor, scope=desk.scope)
    rows = [(d, *names[d.person]) for d in found]
    people = len({d.person for d in found})
    return render(request, "dossier/disputes.html", {
        "rows": rows, "tree": tree, "typed": typed, "unit": unit, "error": error, "on": desk.today, "count": thousands(len(rows)),
        "people": thousands(people), "may_write": desk.actor.may("dossier.write"),
    }, status=400 if error else 200)  # fmt: skip


__all__ = ["certify", "dispute", "disputes", "withdraw"]
