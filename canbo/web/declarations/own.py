"""The person's pages: what she is asked, one section or record at a time, sending, taking back, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.audit.changes import record_read
from canbo.dossier.declarations.changes import RoundRefused, Scan, ValueRefused, say, say_none, send, take_back, unsay
from canbo.dossier.declarations.items import PERSON, TABLES, sections_asked, stored_texts
from canbo.dossier.declarations.queries import (
    Item,
    codes_seen,
    is_open,
    own_declaration,
    own_round,
    own_rounds,
    records_of,
)
from canbo.dossier.files import FileRefused
from canbo.dossier.labels import choices_of
from canbo.dossier.models import Declaration, DeclarationRound, Person
from canbo.dossier.queries import NotVisible
from canbo.web.declarations.forms import DeclareForm
from canbo.web.declarations.view import KINDED, Said, columns_of, parts, said_in
from canbo.web.desk import Desk, page

SWORN = "cam-doan"


@dataclass(frozen=True)
class Asked:
    """What one form asks: a section of fields (`number`), or a record – of the dossier, said before, or new."""

    table: str
    title: str
    names: tuple[str, ...]
    texts: Mapping[str, str]
    kind: str = ""
    record: int | None = None
    item: Item | None = None

    @property
    def fixed(self) -> dict[str, str]:
        return {"kind": self.kind} if self.table in KINDED else {}


@page("dossier.read_own")
def own_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.scope.own_person is None:
        text = "Tài khoản của bạn chưa được gắn với hồ sơ nào; hãy liên hệ người quản trị."
        return render(request, "refused.html", {"text": text}, status=404)
    found = own_rounds(on=desk.today, actor=desk.actor, scope=desk.scope)
    rows = [(row, is_open(row, desk.today), own_declaration(of=row, actor=desk.actor, scope=desk.scope)) for row in found]
    return render(request, "declarations/own_list.html", {"rows": rows})


@page("dossier.read_own")
def own(request: HttpRequest, desk: Desk, own_round: int) -> HttpResponse:
    of = _round(desk, own_round)
    return render(request, "declarations/own.html", _frame(of, desk))


def _round(desk: Desk, pk: int) -> DeclarationRound:
    return own_round(pk=pk, on=desk.today, actor=desk.actor, scope=desk.scope)


def _frame(of: DeclarationRound, desk: Desk) -> dict[str, Any]:
    declaration = own_declaration(of=of, actor=desk.actor, scope=desk.scope)
    said, person = said_in(declaration=declaration, desk=desk), _person(desk)
    record_read(actor=desk.actor, what="declaration.own", at=desk.now, person=person.pk)
    opened = is_open(of, desk.today)
    sent = declaration is not None and declaration.sent_at is not None
    return {
        "round": of, "declaration": declaration, "said": said, "parts": parts(of=of, said=said, person=person, desk=desk),
        "open": opened, "may_fill": opened and not sent, "sent": sent,
        "may_take_back": opened and sent and not (said.waiting and said.past),
        "hidden": len(of.items) - len(codes_seen(of, desk.scope)),
    }  # fmt: skip


def _person(desk: Desk) -> Person:
    return Person.objects.get(pk=desk.scope.own_person or 0)


@page("dossier.read_own")
def fill(request: HttpRequest, desk: Desk, own_round: int) -> HttpResponse:
    """One section or one record; what was typed is kept when something is wrong with it."""
    of = _round(desk, own_round)
    declaration = own_declaration(of=of, actor=desk.actor, scope=desk.scope)
    asked = _asked(request, of, said_in(declaration=declaration, desk=desk), desk)
    frame = {"round": of, "asked": asked, "may_fill": _may_fill(of, declaration, desk)}
    if request.method != "POST":
        form = DeclareForm(table=asked.table, names=asked.names, texts=asked.texts, kind=asked.kind)
        return render(request, "declarations/fill.html", frame | {"form": form})
    form = DeclareForm(
        table=asked.table, names=asked.names, texts=asked.texts, kind=asked.kind, data=request.POST, files=request.FILES
    )
    if form.is_valid() and _kept(form, asked, of, desk):
        messages.success(request, "Đã lưu vào bản khai; bản khai chỉ đến đơn vị khi bạn bấm “Gửi”.")
        return redirect("declaration-own", of.pk)
    return render(request, "declarations/fill.html", frame | {"form": form}, status=400)


def _may_fill(of: DeclarationRound, declaration: Declaration | None, desk: Desk) -> bool:
    return is_open(of, desk.today) and not (declaration and declaration.sent_at)


def _kept(form: DeclareForm, asked: Asked, of: DeclarationRound, desk: Desk) -> bool:
    """Whether it went into the draft; the form says why not."""
    sent = form.cleaned_data["scan"]
    texts = {**asked.fixed, **form.texts()}
    try:
        scan = Scan(sent.name, sent.read()) if sent else None
        say(
            of=of.pk, table=asked.table, values=texts, record=asked.record, item=asked.item.row.pk if asked.item else None,
            scan=scan, on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now,
        )  # fmt: skip
    except FileRefused as error:
        form.add_error("scan", str(error))
    except (ValueRefused, RoundRefused) as error:
        form.add_error(None, str(error))
    return not form.errors


def _asked(request: HttpRequest, of: DeclarationRound, said: Said, desk: Desk) -> Asked:
    """From the address: ?bang=qualification&dong=12, &khai=3 (said before), &loai=llct (new), or ?muc=2 (fields)."""
    table = request.GET.get("bang", "")
    if table:
        return _record_asked(request, table, of, said, desk)
    seen = codes_seen(of, desk.scope)
    chosen = request.GET.get("muc", "")
    for number, section in enumerate(sections_asked(), start=1):
        names = [code.removeprefix(f"{PERSON}.") for code, _ in section.items if code in seen]
        if names and (not chosen or chosen == str(number)):
            if section.items[0][0] in TABLES:
                return _new_record(section.items[0][0], "")
            return _fields_asked(section.title, names, said, desk)
    raise NotVisible


def _fields_asked(title: str, names: list[str], said: Said, desk: Desk) -> Asked:
    person = _person(desk)
    texts = stored_texts(row=person, table=PERSON, names=names, key=person.key)
    for item in said.waiting:
        if item.row.table == PERSON:
            texts |= {name: text for name, text in item.said.values.items() if name in texts}
    return Asked(PERSON, title, tuple(names), texts)


def _record_asked(request: HttpRequest, table: str, of: DeclarationRound, said: Said, desk: Desk) -> Asked:
    if table not in codes_seen(of, desk.scope) or table not in TABLES:
        raise NotVisible
    mine = [item for item in said.waiting if item.row.table == table]
    record = dict(records_of(table=table, actor=desk.actor, scope=desk.scope))
    number, khai = request.GET.get("dong", ""), request.GET.get("khai", "")
    item = next((i for i in mine if khai == str(i.row.pk) or (number and number == str(i.row.record_id))), None)
    if item is not None:
        return _of_texts(table, dict(item.said.values), item.row.record_id, item)
    if number or khai:
        pk = int(number) if number.isdecimal() else 0
        if pk not in record:
            raise NotVisible
        return _of_texts(table, record[pk], pk, None)
    return _new_record(table, request.GET.get("loai", ""))


def _of_texts(table: str, texts: dict[str, str], record: int | None, item: Item | None) -> Asked:
    kind = texts.get("kind", "") if table in KINDED else ""
    return Asked(table, _title(table, kind), columns_of(table=table, kind=kind), texts, kind, record, item)


def _new_record(table: str, kind: str) -> Asked:
    kinds = dict(choices_of(table=table, column="kind")) if table in KINDED else {}
    kind = kind if kind in kinds else next(iter(kinds), "")
    return Asked(table, _title(table, kind), columns_of(table=table, kind=kind), {}, kind)


def _title(table: str, kind: str) -> str:
    section = next(s.title for s in sections_asked() if s.items[0][0] == table)
    label = dict(choices_of(table=table, column="kind")).get(kind, "") if table in KINDED else ""
    return f"{section}: {label}" if label else section


@require_POST
@page("dossier.read_own")
def own_act(request: HttpRequest, desk: Desk, own_round: int) -> HttpResponse:
    """Send, take back, drop an item, or answer “Không có”."""
    of = _round(desk, own_round)
    ask: dict[str, Any] = {"of": of.pk, "on": desk.today, "actor": desk.actor, "scope": desk.scope, "at": desk.now}
    try:
        messages.success(request, _done(request, ask))
    except RoundRefused as error:
        messages.error(request, str(error))
    return redirect("declaration-own", of.pk)


def _done(request: HttpRequest, ask: dict[str, Any]) -> str:
    match request.POST.get("viec", ""):
        case "gui":
            if request.POST.get(SWORN) != "1":
                raise RoundRefused("Chưa gửi: hãy đánh dấu ô cam đoan rồi bấm “Gửi”.")
            send(**ask)
            return "Đã gửi bản kê khai đến đơn vị. Kết quả từng mục sẽ hiện ở trang này."
        case "lay-lai":
            take_back(**ask)
            return "Đã lấy lại bản kê khai; sửa xong hãy bấm “Gửi” lần nữa."
        case "khong-co":
            say_none(kind=request.POST.get("loai", ""), **ask)
            return "Đã ghi “Không có” vào bản khai."
        case "bo":
            text = request.POST.get("muc", "")
            unsay(item=int(text) if text.isdecimal() else 0, **ask)
            return "Đã bỏ mục khỏi bản khai."
    raise RoundRefused("Không rõ việc cần làm; hãy tải lại trang.")


__all__ = ["fill", "own", "own_act", "own_list"]
