"""The trích ngang builder: columns, groups, letterhead, signature chosen in the address; previewed, taken away, kept, drafted."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.access.policy import GROUPS
from canbo.access.saved import ViewRefused, drop_view, save_view, saved_view
from canbo.assess.columns import by_group
from canbo.assess.rolls import Column, Roll, column_of, composed, grid_of, label_of_column, needs, templates
from canbo.audit.changes import record_read
from canbo.documents.grid import Grid, placed
from canbo.documents.paper import Document, Letterhead, Signature, place_line
from canbo.documents.sheets import to_xlsx
from canbo.documents.word import to_docx
from canbo.dossier.papers.changes import draft_paper
from canbo.dossier.queries import NotVisible
from canbo.engine.types import Bool, Code, ListOf, Scale, Text
from canbo.facts.catalogue import FACTS
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current
from canbo.web.desk import Desk, page
from canbo.web.exports import attached
from canbo.web.lists.columns import query_of_list
from canbo.web.lists.pages import Asked, ask
from canbo.web.lists.remembered import shelved
from canbo.web.lists.roster import Roster, words_of
from canbo.web.lists.visible import offered_facts

KIND = "trich-ngang"
START = "chu-chot"
MOST_SHOWN = 150  # rows of the preview; the files hold all
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Title, line under it, columns, grouping, totals and numbers off, side, issuer, superior, place, signature, signer, receivers, paper.
SETTINGS = ("td", "pd", "tcot", "nhom", "khong-tong", "khong-so", "ben", "cq", "ct", "dd", "ky", "nk", "nn", "kho")
LONG = 400


@dataclass(frozen=True)
class Sheet:
    """A trích ngang as asked for: the people, their columns, how it is set out, and what could not be shown."""

    asked: Asked
    found: Roster
    columns: tuple[Column, ...]
    group: str
    typed: dict[str, str]
    left_out: tuple[str, ...]

    def query(self, **changes: str) -> str:
        own = {**self.typed, **changes}
        return "&".join(filter(None, (self.asked.question.query(), urlencode([(k, v) for k, v in own.items() if v]))))


@page("export")
def roll(request: HttpRequest, desk: Desk) -> HttpResponse:
    if request.GET.get("mau"):
        return redirect(f"{reverse('roll')}?{_started(request.GET, desk)}")
    if request.GET.get("viec") or request.GET.get("them"):
        return redirect(f"{reverse('roll')}?{_changed(request.GET)}")
    asked = ask(request, desk, current())
    sheet = sheet_of(request.GET, asked, desk)
    if sheet is None:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values()) or "Không đọc được danh sách."}, status=400)
    return render(request, "lists/roll.html", _frame(sheet, desk))


@page("export")
def roll_xlsx(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _file(request, desk, "xlsx")


@page("export")
def roll_docx(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _file(request, desk, "docx")


def _file(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    asked = ask(request, desk, current())
    sheet = sheet_of(request.GET, asked, desk)
    if sheet is None:
        return render(request, "refused.html", {"text": " ".join(asked.errors.values()) or "Không đọc được danh sách."}, status=400)
    body = (to_xlsx if kind == "xlsx" else to_docx)(document_of(sheet, grid(sheet)))
    record_read(actor=desk.actor, what="export.roll", at=desk.now, count=len(sheet.found.keys), detail=sheet.query()[:500])
    return attached(body, filename=f"trich-ngang-{asked.question.on}.{kind}", media_type=MEDIA[kind])


# --- what was asked for


def sheet_of(data: QueryDict, asked: Asked, desk: Desk) -> Sheet | None:
    """The sheet of an address; None when its list cannot be read."""
    if asked.found is None:
        return None
    snapshot, question = asked.found.snapshot, asked.question
    picked = question.picked or question.all_picked
    found = replace(asked.found, keys=asked.found.picked()) if picked else asked.found
    facts, words = offered_facts(snapshot, desk), words_of(snapshot, question.on)
    typed = {name: data.get(name, "").strip()[:LONG] for name in SETTINGS}
    codes = [code for code in dict.fromkeys(typed["tcot"].split(",")) if code] or list(templates()[START].columns)
    made = [(code, column_of(code, facts, words)) for code in dict.fromkeys(["name", *codes])]
    group = typed["nhom"] if typed["nhom"] in facts else ""
    hidden = tuple(label_of_column(code) for code, column in made if column is None and code in {*composed(), *FACTS})
    return Sheet(asked, found, tuple(column for _, column in made if column), group, typed, hidden)


def _started(data: QueryDict, desk: Desk) -> str:
    """The address of a ready-made list or of a kept one, over the people already asked for."""
    code = data.get("mau", "")
    if code.isdecimal() and len(code) < 10:
        kept = saved_view(pk=int(code), actor=desk.actor, scope=desk.scope)
        if kept is None or kept.kind != KIND:
            raise NotVisible
        return urlencode([(name, value) for name, value in kept.spec.items() if value and name != "mau"])
    made = templates().get(code, templates()[START])
    asked = {name: data.get(name, "") for name in ("dv", "pv", "bo", "xep", "chon", "ngay", "tim", "tt")}
    asked |= {"loc": data.get("loc", "") or made.where, "td": made.title, "tcot": ",".join(made.columns), "nhom": made.group}
    asked |= {"ben": made.side, **{name: data.get(name, "") for name in ("cq", "ct", "dd", "ky", "nk", "nn", "kho")}}
    return urlencode([(name, value) for name, value in asked.items() if value])


def _changed(data: QueryDict) -> str:
    """The address after a button for a column was pressed, or one was added."""
    codes = [code for code in data.get("tcot", "").split(",") if code] or list(templates()[START].columns)
    doing, _, code = data.get("viec", "").partition(":")
    added = data.get("them", "")
    if code in codes and code != "name":
        at = codes.index(code)
        codes.pop(at)
        if doing != "bo":
            codes.insert(min(max(at + (-1 if doing == "len" else 1), 1), len(codes)), code)
    if added and added not in codes:
        codes.append(added)
    asked = {name: data.get(name, "") for name in SETTINGS} | {"tcot": ",".join(codes)}
    own = urlencode([(name, value) for name, value in asked.items() if value])
    return "&".join(filter(None, (query_of_list(data.urlencode()), own)))


# --- the paper


def grid(sheet: Sheet, most: int | None = None) -> Grid:
    """The rows in the order of the list, the first `most` of them for the preview; counts are those of everybody."""
    found = sheet.found
    words = words_of(found.snapshot, sheet.asked.question.on)
    frame = found.frame(needs(sheet.columns, words, sheet.group), found.keys)
    ordered = pl.DataFrame({"key": found.keys}).join(frame, on="key", how="left", maintain_order="left")
    return grid_of(Roll(
        frame=ordered, columns=sheet.columns, words=words, snapshot=found.snapshot, group=sheet.group,
        numbered=not sheet.typed["khong-so"], totals=not sheet.typed["khong-tong"],
    ), most=most)  # fmt: skip


def document_of(sheet: Sheet, table: Grid) -> Document:
    """The list as a paper: letterhead of its side, title, day and filter in words, table, signature, receivers."""
    typed, question = sheet.typed, sheet.asked.question
    head = Letterhead(
        typed["ben"] if typed["ben"] in ("dang", "nha-nuoc") else "nha-nuoc", typed["cq"] or "TÊN CƠ QUAN", typed["ct"], typed["dd"]
    )  # fmt: skip
    lines = [typed["pd"]] if typed["pd"] else []
    lines.append(f"(Tính đến ngày {question.on:%d/%m/%Y})")
    signed = tuple(line.strip() for line in typed["ky"].splitlines() if line.strip())
    signature = Signature(signed, typed["nk"]) if signed or typed["nk"] else None
    receivers = tuple(line.strip() for line in typed["nn"].splitlines() if line.strip())
    return Document(
        head, typed["td"] or templates()[START].title, "", tuple(lines), (table,), signature, receivers, landscape=True,
        size="A3" if typed["kho"] == "A3" else "A4", numbered=False,
    )  # fmt: skip


def _frame(sheet: Sheet, desk: Desk) -> dict[str, Any]:
    table = grid(sheet, MOST_SHOWN)
    document = document_of(sheet, table)
    codes = [column.code for column in sheet.columns]
    facts = offered_facts(sheet.found.snapshot, desk)
    return {
        "sheet": sheet, "typed": sheet.typed, "document": document, **paper_of(table), "count": thousands(len(sheet.found.keys)),
        "cut": len(sheet.found.keys) > MOST_SHOWN, "query": sheet.query(), "list_query": sheet.asked.question.query(),
        "place": place_line(document.letterhead), "where_text": sheet.found.where_text, "left_out": sheet.left_out,
        "chosen": [(code, label_of_column(code)) for code in codes], "tcot": ",".join(codes),
        "composed": [(code, label_of_column(code)) for code in composed() if code not in codes],
        "facts_offered": [(group, [(f.name, f.label) for f in listed if f.name not in codes]) for group, listed in by_group(facts)],
        "groupings": _groupings(sheet, desk), "templates": list(templates().values()), "views": shelved(KIND, desk),
        "kept": sheet.asked.question.pairs(),
        "no_totals": sheet.typed["khong-tong"], "no_numbers": sheet.typed["khong-so"],
        "may_draft": desk.actor.may("papers.write") and desk.actor.unit is not None,
    }  # fmt: skip


def _groupings(sheet: Sheet, desk: Desk) -> list[tuple[str, str]]:
    """Facts to group by: those whose values are codes."""
    words = words_of(sheet.found.snapshot, sheet.asked.question.on)
    offered = offered_facts(sheet.found.snapshot, desk)
    found = [(name, words[name].label) for name in offered if _groups(words[name].type)]
    return sorted(found, key=lambda pair: (pair[0] != "unit", pair[1]))


def _groups(of: Any) -> bool:
    return isinstance(of, Code | Scale | Bool) or (isinstance(of, ListOf) and not isinstance(of.item, Text))


def paper_of(table: Grid) -> dict[str, Any]:
    """The header's rows of placed cells and the body's rows, for a page."""
    places = placed(table)
    heads = [[cell for cell in places if cell.row == row] for row in range(table.depth)]
    aligns = [leaf.align for leaf in table.leaves]
    rows = [
        {"group": row.text} if hasattr(row, "text") else {"cells": list(zip(row, aligns))}  # type: ignore[arg-type]
        for row in table.rows
    ]
    return {
        "paper_heads": heads, "paper_rows": rows, "wide": len(aligns), "numbers": range(1, len(aligns) + 1) if table.numbered else (),
        "totals": list(zip(table.totals, aligns)) if table.totals is not None else (),
    }  # fmt: skip


# --- keeping and drafting


@page("export")
def rolls(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep the sheet under a name, drop one's own, or hand it over as the draft of a paper."""
    if request.method != "POST":
        return redirect(f"{reverse('roll')}?mau={START}")
    data = QueryDict(request.POST.get("tro-ve", ""))
    doing, _, number = request.POST.get("viec", "").partition(":")
    try:
        messages.success(request, _do(doing, number, data, request, desk))
    except ViewRefused as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('roll')}?{data.urlencode()}")


def _do(doing: str, number: str, data: QueryDict, request: HttpRequest, desk: Desk) -> str:
    if doing == "luu":
        names = ("dv", "pv", "tt", "bo", "loc", "xep", *SETTINGS)
        spec = {name: data[name] for name in names if data.get(name)}
        name, share = request.POST.get("ten", ""), "chia-se" in request.POST
        made = save_view(kind=KIND, name=name, spec=spec, share=share, actor=desk.actor, scope=desk.scope)
        return f"Đã lưu mẫu “{made.name}”."
    if doing == "du-thao":
        return _drafted(data, request, desk)
    if number.isdecimal() and len(number) < 10 and drop_view(pk=int(number), actor=desk.actor, scope=desk.scope):
        return "Đã xóa mẫu."
    raise ViewRefused("Không có mẫu này trong số mẫu của bạn.")


def _drafted(data: QueryDict, request: HttpRequest, desk: Desk) -> str:
    request.GET = data  # type: ignore[assignment]  # the sheet's own address, sent back by the form
    asked = ask(request, desk, current())
    sheet = sheet_of(data, asked, desk)
    if sheet is None or desk.actor.unit is None:
        raise ViewRefused("Không đọc được danh sách nên chưa soạn được dự thảo.")
    words = words_of(sheet.found.snapshot, asked.question.on)
    groups = {words[name].group for name in needs(sheet.columns, words, sheet.group)}
    document = document_of(sheet, grid(sheet))
    made = draft_paper(
        kind=KIND, unit=desk.actor.unit, title=document.kind, document=document, groups=groups & set(GROUPS), actor=desk.actor,
        scope=desk.scope, at=desk.now,
    )  # fmt: skip
    return f"Đã soạn dự thảo “{made.title}”; mở ở mục Văn bản để ban hành."
