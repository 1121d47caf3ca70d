"""Papers: the list by state, one paper, drafting, issuing, the scan, giving a draft up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.documents.grid import Grid
from canbo.documents.paper import Paragraph
from canbo.dossier.files import FileRefused
from canbo.dossier.models import Paper
from canbo.dossier.papers.changes import add_scan, draft_paper, issue_paper, withdraw_paper
from canbo.dossier.papers.effects import PaperRefused, effects_from
from canbo.dossier.papers.kinds import kind_label
from canbo.dossier.papers.queries import file_of_paper, paper, papers, replaced_by, values_of_paper
from canbo.kernel.text import slug
from canbo.sandbox import SandboxError
from canbo.web.desk import Desk, page
from canbo.web.pagination import SIZE, pager, query_of
from canbo.web.papers.answers import download
from canbo.web.papers.forms import DraftForm, IssueForm
from canbo.web.papers.units import unit_choices

TABS = (("draft", "du-thao", "Dự thảo"), ("issued", "da-ban-hanh", "Đã ban hành"), ("withdrawn", "da-huy", "Đã hủy"))


@page("papers.read")
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    search = request.GET.get("tim", "").strip()[:100]
    found = papers(actor=desk.actor, scope=desk.scope, search=search)
    chosen = next((state for state, name, _ in TABS if name == request.GET.get("tt")), "draft")
    shown = [row for row in found if row.state == chosen]
    at = pager(request, total=len(shown))
    kept = query_of(request, without=("tt", "trang"))
    tabs = [
        (f"?tt={name}{'&' + kept if kept else ''}", label, sum(p.state == s for p in found), s == chosen)
        for s, name, label in TABS
    ]
    rows = [(row, kind_label(row.kind)) for row in shown[at.first : at.first + SIZE]]
    return render(request, "papers/list.html", {
        "rows": rows, "tabs": tabs, "pager": at, "search": search, "chosen": chosen, "any": bool(found),
        "tab": request.GET.get("tt", ""), "may_write": desk.actor.may("papers.write"), "today": desk.today,
    })  # fmt: skip


@page("papers.read")
def one(request: HttpRequest, desk: Desk, paper: int) -> HttpResponse:
    return render(request, "papers/page.html", shown(desk, of(desk, paper)))


def of(desk: Desk, pk: int) -> Paper:
    return paper(pk=pk, actor=desk.actor, scope=desk.scope)


def shown(desk: Desk, found: Paper) -> dict[str, Any]:
    values = values_of_paper(of=found, actor=desk.actor, scope=desk.scope)
    document = values.document
    return {
        "paper": found, "kind": kind_label(found.kind), "document": document, "paragraphs": _paragraphs(document.blocks),
        "tables": [(len(b.rows), [leaf.text for leaf in b.leaves]) for b in document.blocks if isinstance(b, Grid)],
        "own_template": bool(values.template), "may_write": desk.actor.may("papers.write"),
        "replaced_by": replaced_by(of=found, actor=desk.actor, scope=desk.scope),
        "in_effect": found.state == "issued" and effects_from(found) <= desk.today,
    }  # fmt: skip


def _paragraphs(blocks: tuple[Any, ...]) -> list[str]:
    texts = [
        b.text if isinstance(b.text, str) else "".join(run.text for run in b.text)
        for b in blocks
        if isinstance(b, Paragraph)
    ]
    return texts[:30]


@page("papers.read")
def file(request: HttpRequest, desk: Desk, paper: int) -> HttpResponse:
    """The text as frozen; `?ban=quet` the scan where there is one."""
    found = of(desk, paper)
    scanned = request.GET.get("ban") == "quet" and bool(found.scan_sha256)
    content, media = file_of_paper(of=found, scan=scanned, actor=desk.actor, scope=desk.scope)
    record_read(actor=desk.actor, what="paper", at=desk.now, detail=f"{found.pk} {found.number}")
    name = slug(f"{found.kind} {found.number or 'du thao'} {found.title}"[:80]).replace("_", "-")
    return download(content, filename=f"{name}.{'pdf' if scanned else 'docx'}", media_type=media)


@page("papers.write")
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    units = unit_choices(desk)
    replaces = request.POST.get("replaces") or request.GET.get("thay-the") or ""
    old = of(desk, int(replaces)) if replaces.isdecimal() and len(replaces) < 19 else None
    form = DraftForm(request.POST or None, units=units, initial={"unit": desk.actor.unit})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = draft_paper(
                    kind=form.cleaned_data["kind"], unit=int(form.cleaned_data["unit"]), title=form.cleaned_data["title"],
                    document=form.document(), groups=("basic",), actor=desk.actor, scope=desk.scope, at=desk.now,
                    replaces=old.pk if old else None,
                )  # fmt: skip
                messages.success(request, "Đã lập dự thảo; số và ngày để trống đến khi ban hành.")
                return redirect("paper", made.pk)
            except (PaperRefused, SandboxError) as error:
                form.add_error(None, str(error))
        status = 400
    return render(request, "papers/draft.html", {"form": form.described(), "replaces": old}, status=status)


@page("papers.write")
def issue(request: HttpRequest, desk: Desk, paper: int) -> HttpResponse:
    found = of(desk, paper)
    form = IssueForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                row = issue_paper(
                    pk=paper, issue=form.issue(), on=desk.today, actor=desk.actor, scope=desk.scope, at=desk.now,
                    scan=_uploaded(request),
                )  # fmt: skip
                messages.success(request, f"Đã ban hành văn bản số {row.number}.")
                return redirect("paper", paper)
            except (PaperRefused, FileRefused, SandboxError) as error:
                form.add_error(None, str(error))
        status = 400
    return render(
        request,
        "papers/issue.html",
        {"paper": found, "kind": kind_label(found.kind), "form": form.described()},
        status=status,
    )


@page("papers.write")
def scan(request: HttpRequest, desk: Desk, paper: int) -> HttpResponse:
    found, error = of(desk, paper), ""
    if request.method == "POST":
        given = _uploaded(request)
        try:
            if given is None:
                raise PaperRefused("Hãy chọn tệp PDF của bản đã ký.")
            add_scan(pk=paper, scan=given, actor=desk.actor, scope=desk.scope, at=desk.now)
            messages.success(request, "Đã lưu bản quét.")
            return redirect("paper", paper)
        except (PaperRefused, FileRefused) as refused:
            error = str(refused)
    return render(request, "papers/scan.html", {"paper": found, "error": error}, status=400 if error else 200)


@page("papers.write")
def withdraw(request: HttpRequest, desk: Desk, paper: int) -> HttpResponse:
    found, error, reason = of(desk, paper), "", request.POST.get("reason", "")[:500]
    if request.method == "POST":
        try:
            withdraw_paper(pk=paper, reason=reason, actor=desk.actor, scope=desk.scope, at=desk.now)
            messages.success(request, "Đã hủy dự thảo.")
            return redirect("papers")
        except PaperRefused as refused:
            error = str(refused)
    return render(
        request,
        "papers/withdraw.html",
        {"paper": found, "error": error, "reason": reason},
        status=400 if error else 200,
    )


def _uploaded(request: HttpRequest) -> tuple[str, bytes] | None:
    given: Any = request.FILES.get("scan")
    return (str(given.name), given.read()) if given else None
