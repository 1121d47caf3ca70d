"""The smallest correction of a unit's lists for one term: what people fix, what is proposed and why, what is taken – click by click."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from canbo.audit.changes import record_read
from canbo.engine.structures.model import STATES, Reading
from canbo.facts.registry import Ask
from canbo.kernel.actors import Forbidden
from canbo.kernel.numbers import percent_text
from canbo.planning.judging import laws_at
from canbo.planning.lines import Taken, take_changes
from canbo.planning.models import Line, RoundUnit, Slate
from canbo.planning.numbers import STANDS, cited, listed, readings
from canbo.planning.proposing import LIMITS, Change, Draft, Proposed, draft_of, propose
from canbo.planning.queries import lines, slates
from canbo.planning.rounds import PlanningRefused
from canbo.snapshot.queries import current, facts_frame
from canbo.web.desk import Desk, page
from canbo.web.pagination import query_of
from canbo.web.planning.ordering import Order, order_of
from canbo.web.planning.view import REFUSALS, Typed, asks, found_home, reads, refused
from canbo.web.standards.asking import law_now

Pair = tuple[int, int]  # (slate, person)
MOST_CHANGES = 500


@dataclass(frozen=True)
class Lists:
    """The unit's lists of one term: those the solver may change, those whose procedure has begun, their lines."""

    term: str
    terms: tuple[str, ...]
    open: tuple[Slate, ...]
    begun: tuple[Slate, ...]
    lines: Mapping[int, Sequence[Line]]

    @property
    def standing(self) -> list[tuple[Slate, Line]]:
        return [(one, line) for one in self.open for line in self.lines.get(one.pk, ()) if line.standing in STANDS]


@dataclass(frozen=True)
class Step:
    """One change as offered: `key` = slate:comes in:goes out."""

    key: str
    change: Change
    coming: str
    going: str
    url: int | None


    @property
    def note(self) -> str:
        """A number too many says nothing of whom: that is for people to settle."""
        alone = self.change.added is None and LIMITS["slot-over"] in self.change.text
        return "ai trong danh sách ra cũng đủ số lượng; muốn giữ ai thì đánh dấu “Nhất thiết giữ” rồi tìm lại" if alone else ""


@dataclass(frozen=True)
class Measured:
    """One thing asked of the lists, as it stands and as it would stand."""

    label: str
    where: str
    before: str
    after: str
    mark_before: str
    mark: str
    word: str
    cite: str
    changed: bool


@dataclass(frozen=True)
class Result:
    steps: tuple[Step, ...]
    meter: tuple[Measured, ...]
    said: Proposed

    @property
    def proof(self) -> str:
        """How sure it is that no smaller correction does as well."""
        if self.said.proven:
            return "đã chứng minh là cách sửa nhỏ nhất"
        if self.said.impossible:
            return "chưa chứng minh là cách gần các yêu cầu nhất; hãy tìm lại"
        if not self.said.gap:
            return "số thay đổi đã chứng minh là ít nhất; chọn người theo thứ tự đã nêu thì chưa chứng minh, hãy tìm lại"
        most = percent_text(round(self.said.gap * 1000), 1000)
        return f"chưa chứng minh là nhỏ nhất: còn có thể bớt nhiều nhất {most} số thay đổi; hãy tìm lại"

    @property
    def seconds(self) -> str:
        return f"{self.said.seconds:.1f}".replace(".", ",")


@page("cases.write")
def proposal(request: HttpRequest, desk: Desk, planning_home: int) -> HttpResponse:
    home = found_home(planning_home, desk)
    found = _lists(home, request.GET.get("nk", ""), desk)
    if request.method != "POST":
        return _page(request, desk, home, found, Typed(request.GET, desk))
    typed = Typed(request.POST, desk)
    try:
        if typed.text("viec") == "lay":
            return _take(request, typed, desk, home)
        result = _run(request, typed, desk, home, found)
    except (*REFUSALS, Forbidden) as error:
        return _page(request, desk, home, found, typed, error=str(error))
    return _page(request, desk, home, found, typed, result)


def _page(
    request: HttpRequest, desk: Desk, home: RoundUnit, found: Lists, typed: Typed, result: Result | None = None, error: str = ""
) -> HttpResponse:
    keep, ban = _pairs(typed, "giu"), _pairs(typed, "cam")
    standing = {(one.pk, line.person_id) for one, line in found.standing}
    names = _names({person for _, person in ban - standing}, home, desk)
    titles = {one.pk: one.title.name for one in found.open}
    frame: dict[str, Any] = {
        "home": home, "round": home.round, "found": found, "result": result, "error": error,
        "order": order_of(_with_fixed(request, keep, ban), desk.scope),
        "rows": [(one, line, f"{one.pk}.{line.person_id}", (one.pk, line.person_id) in keep, (one.pk, line.person_id) in ban)
                 for one, line in found.standing],
        "banned": [
            (f"{pk}.{person}", names[person], titles[pk]) for pk, person in sorted(ban - standing) if person in names and pk in titles
        ],
        "closed": "Đợt đã kết thúc; không sửa danh sách nữa." if home.round.closed_on else "",
        "query": query_of(request, without=("giu", "cam")),
    }  # fmt: skip
    return refused(render(request, "planning/proposal.html", frame), error)


def _with_fixed(request: HttpRequest, keep: frozenset[Pair], ban: frozenset[Pair]) -> QueryDict:
    """What people have fixed stays when they change the order."""
    query = request.GET.copy()
    for name, pairs in (("giu", keep), ("cam", ban)):
        query.setlist(name, [f"{slate}.{person}" for slate, person in sorted(pairs)])
    return query


def _names(people: Collection[int], home: RoundUnit, desk: Desk) -> dict[int, str]:
    """Only of people the reader sees."""
    if not people:
        return {}
    frame = facts_frame(snapshot=current(), ask=Ask(on=home.round.on), names=("name",), scope=desk.scope)
    return dict(frame.filter(pl.col("key").is_in(list(people))).select("key", "name").iter_rows())


def _lists(home: RoundUnit, term: str, desk: Desk) -> Lists:
    every = slates(home=home, **reads(desk))
    terms = tuple(dict.fromkeys(one.term.code for one in every))
    term = term if term in terms else next(iter(terms), "")
    mine = [one for one in every if one.term.code == term]
    begun = tuple(one for one in mine if one.adding_id or one.removing_id)
    return Lists(term, terms, tuple(one for one in mine if one not in begun), begun, lines(slates=mine, **reads(desk)))


def _pairs(typed: Typed, name: str) -> frozenset[Pair]:
    """`slate.person` of every box ticked; “Không đưa người này” beside a change is one more of those kept away."""
    texts = [*typed.many(name), *([typed.text("khong")] if name == "cam" and typed.text("khong") else [])]
    halves = [text.partition(".") for text in texts]
    return frozenset((int(a), int(b)) for a, _, b in halves if a.isdecimal() and b.isdecimal() and max(len(a), len(b)) < 10)


# --- run


def _run(request: HttpRequest, typed: Typed, desk: Desk, home: RoundUnit, found: Lists) -> Result:
    keep, ban = _pairs(typed, "giu"), _pairs(typed, "cam")
    if both := keep & ban:
        name = next(line.person.full_name for one, line in found.standing if (one.pk, line.person_id) in both)
        raise PlanningRefused(f"{name}: vừa chọn giữ vừa chọn đưa ra; hãy bỏ một trong hai.")
    order: Order = order_of(request.GET, desk.scope)
    law, snapshot = law_now(), current()
    draft = draft_of(
        slates=found.open, lines=found.lines, law=law, snapshot=snapshot, by=order.by, keep=keep, ban=ban, **reads(desk)
    )
    said = propose(draft=draft, law=law, snapshot=snapshot, scope=desk.scope)
    record_read(actor=desk.actor, what="planning.proposal", at=desk.now, detail=f"{home.pk} {found.term}", count=len(said.changes))
    return Result(tuple(_step(one, said) for one in said.changes), _meter(draft, found, said, desk), said)


def _step(change: Change, said: Proposed) -> Step:
    key = f"{change.slate.pk}:{change.added or ''}:{change.removed or ''}"
    coming, going = (said.names.get(person, "") if person else "" for person in (change.added, change.removed))
    return Step(key, change, coming, going, change.added)


def _meter(draft: Draft, found: Lists, said: Proposed, desk: Desk) -> tuple[Measured, ...]:
    """Every rule before and after, those that change first."""
    first = draft.slates[0]
    laws = laws_at(first.home.unit_id, law_now(), current())
    now = [listed(one, found.lines.get(one.pk, ())) for one in draft.slates]
    before = {_key(one): one for one in readings(now, draft.ruled, laws, first.age_on, first.home.round.bands, current(), desk.scope)}
    titles = {one.pk: one.title.name for one in draft.slates}
    after = said.meter or tuple(before.values())
    rows = [
        Measured(
            f"{one.rule.label}: {one.part}" if one.part else one.rule.label,
            "cả đơn vị" if one.rule.over == "unit" else ", ".join(titles[pk] for pk in one.lists), was.text if was else "", one.text,
            _mark(was), _mark(one), STATES[one.state], cited(one.rule.cite, laws), was is None or was.text != one.text,
        )
        for one in after if one.state != "unset" for was in [before.get(_key(one))]
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: not row.changed))


def _key(one: Reading) -> tuple[Any, ...]:
    return one.rule.code, one.part, () if one.rule.over == "unit" else one.lists


def _mark(one: Reading | None) -> str:
    if one is None:
        return ""
    worst = "bad" if one.rule.severity == "block" else "warn"
    return {"met": "ok", "short": worst, "over": worst, "unknown": "warn"}.get(one.state, "")


# --- take


def _take(request: HttpRequest, typed: Typed, desk: Desk, home: RoundUnit) -> HttpResponse:
    chosen = [_taken(key, typed.text(f"ly-{key}")) for key in typed.many("doi")[:MOST_CHANGES]]
    found = take_changes(changes=chosen, on=desk.today, law=law_now(), snapshot=current(), **asks(desk))
    names = ", ".join(one.title.name for one in found)
    messages.success(request, f"Đã ghi {len(chosen)} thay đổi vào {names}; xem lại lý do từng người trước khi gửi.")
    return redirect("planning-unit", home.pk)


def _taken(key: str, text: str) -> Taken:
    parts = key.split(":")
    if len(parts) != 3 or not all(part == "" or (part.isdecimal() and len(part) < 10) for part in parts) or not parts[0]:
        raise PlanningRefused("Thay đổi không còn đúng; hãy chạy lại.")
    slate, added, removed = (int(part) if part else None for part in parts)
    return Taken(slate or 0, added, removed, text or "theo đề xuất về số lượng, cơ cấu")
