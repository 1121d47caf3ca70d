"""`planning meter`, `review`, `propose`: what the lists of a round meet, whom the review proposes to take out, who could come in."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings

from canbo.audit.changes import record_read
from canbo.cli.context import CommandError, Context
from canbo.cli.listing import law_now
from canbo.cli.options import day, format_of, put
from canbo.cli.planning_shared import home_named, round_named
from canbo.documents.tables import Table
from canbo.engine.structures.model import STATES, Reading
from canbo.facts.catalogue import FACTS
from canbo.planning.judging import as_json, laws_at
from canbo.planning.models import Line, Slate
from canbo.planning.numbers import cited, meter_of
from canbo.planning.queries import lines, slates
from canbo.planning.review import PROPOSALS, proposal_json, proposals
from canbo.planning.sources import ORDER, Candidate, candidates
from canbo.snapshot.queries import current

GONE = {("add", "refused"), ("remove", "approved")}  # decided: not in the plan, nothing to propose
AddFormat = Callable[[argparse.ArgumentParser], None]


def arguments(acts: Any, add_format: AddFormat) -> None:
    for act, words in (
        ("meter", "số lượng, cơ cấu của các danh sách: đạt, thiếu, vượt, ai được tính"),
        ("review", "rà soát: đề xuất giữ, đưa ra, cần chú ý với lý do, điều khoản, giấy tờ"),
        ("propose", "nguồn đủ điều kiện cho từng danh sách; --solver: cách sửa nhỏ nhất"),
    ):  # fmt: skip
        one = acts.add_parser(act, help=words)
        one.add_argument("round", type=int, metavar="ĐỢT", help="số của đợt (xem status)")
        one.add_argument("--unit", metavar="MÃ", help="chỉ đơn vị này")
        add_format(one)
        if act == "review":
            one.add_argument("--on", metavar="NGÀY", help="xét vào ngày khác ngày xét của đợt")
        if act == "propose":
            one.add_argument("--by", default=",".join(ORDER), metavar="TÊN,TÊN", help="xếp theo các thông tin này, cao trước (xem facts)")
            one.add_argument("--where", default="", metavar="ĐIỀU_KIỆN", help="chỉ những người thuộc điều kiện này")
            one.add_argument("--most", type=int, default=20, metavar="SỐ", help="mỗi danh sách nêu nhiều nhất")
            one.add_argument("--solver", action="store_true", help="tìm cách sửa ít người nhất để đạt số lượng, cơ cấu")
            one.add_argument("--seconds", type=float, default=5.0, metavar="GIÂY", help="thời gian tìm cho một đơn vị, một nhiệm kỳ")


def _slates(args: argparse.Namespace, ctx: Context) -> tuple[list[Slate], dict[int, list[Line]]]:
    home = home_named(args.round, args.unit, ctx) if args.unit else None
    found = slates(round=round_named(args.round, ctx), home=home, actor=ctx.actor, scope=ctx.scope)
    return found, lines(slates=found, actor=ctx.actor, scope=ctx.scope)


def _by_home(found: Sequence[Slate]) -> dict[int, list[Slate]]:
    grouped: dict[int, list[Slate]] = {}
    for one in found:
        grouped.setdefault(one.home_id, []).append(one)
    return grouped


def _meter(args: argparse.Namespace, ctx: Context) -> None:
    found, rows = _slates(args, ctx)
    law, snapshot = law_now(settings.LAWS_DIR, ctx), current()
    names = {line.person_id: line.person.full_name for group in rows.values() for line in group}
    told: list[dict[str, Any]] = []
    for group in _by_home(found).values():
        home = group[0].home
        laws = laws_at(home.unit_id, law, snapshot)
        by_term = meter_of(
            slates=group, lines=rows, laws=laws, on=home.round.on, bands=home.round.bands, snapshot=snapshot, scope=ctx.scope
        )
        for (term, age_on), readings in by_term:
            of = {"unit": home.unit.code, "unit_name": home.unit.name, "term": term, "age_on": age_on.isoformat()}
            told += [of | _reading_json(reading, group, cited(reading.rule.cite, laws), names) for reading in readings]
    if format_of(args) == "json":
        ctx.json({"round": args.round, "readings": told})
        return
    heads = ("Đơn vị", "Nhiệm kỳ", "Nội dung", "Danh sách", "Tình trạng", "Kết quả", "Căn cứ")
    cells = [
        [one["unit_name"], one["term"], one["label"] + (f" – {one['part']}" if one["part"] else ""), ", ".join(one["titles"]),
         STATES[one["state"]], one["text"], one["cite"]]
        for one in told
    ]  # fmt: skip
    put_rows(Table("Số lượng, cơ cấu quy hoạch", heads, cells), args, ctx)


def _reading_json(reading: Reading, group: Sequence[Slate], cite: str, names: Mapping[int, str]) -> dict[str, Any]:
    titles = {one.pk: one.title for one in group}
    return {
        "rule": reading.rule.code, "label": reading.rule.label, "part": reading.part or None, "kind": reading.rule.kind,
        "severity": reading.rule.severity, "decides": reading.rule.active, "lists": [titles[pk].code for pk in reading.lists],
        "titles": [titles[pk].name for pk in reading.lists], "have": reading.have, "of": reading.of, "state": reading.state,
        "least": reading.least, "most": reading.most, "text": reading.text, "cite": cite,
        "people": [{"person": pk, "name": names.get(pk, "")} for pk in reading.people],
        "missing": [{"person": pk, "name": names.get(pk, "")} for pk in reading.missing],
    }  # fmt: skip


def _review(args: argparse.Namespace, ctx: Context) -> None:
    found, rows = _slates(args, ctx)
    if args.on:
        _look_on(found, args.on)
    made = proposals(
        slates=found, lines=rows, law=law_now(settings.LAWS_DIR, ctx), snapshot=current(), actor=ctx.actor, scope=ctx.scope, sources=True
    )
    said = [(one, proposal) for one in found for proposal in made[one.pk] if (proposal.line.standing, proposal.line.outcome) not in GONE]
    record_read(actor=ctx.actor, what="planning.review", at=ctx.at, count=len(said), detail=str(args.round))
    if format_of(args) == "json":
        counts = {says: sum(proposal.says == says for _, proposal in said) for says in PROPOSALS}
        ctx.json({"round": args.round, "counts": counts, "proposals": [_slate_json(one) | proposal_json(p) for one, p in said]})
        return
    heads = ("Đơn vị", "Nhiệm kỳ", "Chức danh", "Họ và tên", "Đề xuất", "Vì sao")
    cells = [
        [one.home.unit.name, one.term.code, one.title.name, proposal.line.person.full_name, proposal.label, "; ".join(proposal.why)]
        for one, proposal in said
    ]
    put_rows(Table("Rà soát quy hoạch: chương trình đề xuất, người có thẩm quyền quyết định", heads, cells), args, ctx)


def _look_on(found: Sequence[Slate], text: str) -> None:
    """Look as on another day; nothing is kept. A review of the present term counts ages on the day it looks."""
    on = day(text)
    for one in found:
        if one.age_on == one.home.round.on:
            one.age_on = on
        one.home.round.on = on


def _slate_json(one: Slate) -> dict[str, Any]:
    return {
        "slate": one.pk, "unit": one.home.unit.code, "unit_name": one.home.unit.name, "title": one.title.code, "term": one.term.code,
        "on": one.home.round.on.isoformat(), "age_on": one.age_on.isoformat(),
    }  # fmt: skip


def _propose(args: argparse.Namespace, ctx: Context) -> None:
    by = [name.strip() for name in args.by.split(",") if name.strip()]
    if unknown := [name for name in by if name not in FACTS]:
        raise CommandError(f"Không có thông tin “{unknown[0]}”; hãy xem “facts”.")
    if args.solver:
        _solve(args, by, ctx)
        return
    found, _ = _slates(args, ctx)
    law, snapshot = law_now(settings.LAWS_DIR, ctx), current()
    told = [
        (one, candidates(slate=one, law=law, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope, by=by, where=args.where, most=args.most))
        for one in found
    ]
    record_read(
        actor=ctx.actor, what="planning.propose", at=ctx.at, count=sum(len(one.rows) for _, one in told), detail=str(args.round)
    )
    if format_of(args) == "json":
        ctx.json({
            "round": args.round, "by": by,
            "slates": [
                _slate_json(slate) | {"of": one.of, "candidates": [_candidate_json(row) for row in one.rows]} for slate, one in told
            ],
        })  # fmt: skip
        return
    order = told[0][1].order if told else ()
    heads = ("Đơn vị", "Chức danh", "STT", "Họ và tên", *order, "Cần bổ sung trước khi giữ chức vụ")
    cells = [
        [slate.home.unit.name, slate.title.name, n, row.name, *(row.values[name] for name in by), _gaps(row)]
        for slate, one in told for n, row in enumerate(one.rows, 1)
    ]  # fmt: skip
    notes = tuple(f"{slate.title.name}, {slate.home.unit.name}: {one.of} người không vướng điều kiện nào." for slate, one in told)
    put_rows(Table("Nguồn quy hoạch", heads, cells, (f"Xếp theo: {', '.join(order)}; rồi theo tên",), notes), args, ctx)


def _gaps(row: Candidate) -> str:
    return "; ".join(dict.fromkeys(r.label for r in (*row.judged.to_complete, *row.judged.open)))


def _candidate_json(row: Candidate) -> dict[str, Any]:
    told = {"person": row.person, "name": row.name, "unit": row.unit, "own_unit": row.own, "values": dict(row.values)}
    return told | as_json(row.judged)


def _solve(args: argparse.Namespace, by: list[str], ctx: Context) -> None:
    """The smallest correction, unit by unit and term by term."""
    from canbo.planning.proposing import draft_of, propose  # the solver is loaded where it is asked for

    found, rows = _slates(args, ctx)
    law, snapshot = law_now(settings.LAWS_DIR, ctx), current()
    told: list[dict[str, Any]] = []
    for group in _by_home(found).values():
        for term in dict.fromkeys(one.term.code for one in group):
            of = [one for one in group if one.term.code == term]
            draft = draft_of(slates=of, lines=rows, law=law, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope, by=by)
            made = propose(draft=draft, law=law, snapshot=snapshot, scope=ctx.scope, seconds=args.seconds)
            told.append({
                "unit": of[0].home.unit.code, "unit_name": of[0].home.unit.name, "term": term, "proven": made.proven,
                "gap": made.gap, "missing": list(made.impossible), "changes": [_change_json(one, made.names) for one in made.changes],
            })  # fmt: skip
    if format_of(args) == "json":
        ctx.json({"round": args.round, "by": by, "units": told})
        return
    for one in told:
        _tell(one, ctx)


def _change_json(one: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "title": one.slate.title.code, "title_name": one.slate.title.name, "added": one.added, "added_name": names.get(one.added),
        "removed": one.removed, "removed_name": names.get(one.removed), "why": one.text,
    }  # fmt: skip


def _tell(one: Mapping[str, Any], ctx: Context) -> None:
    sure = "đã chứng minh là ít thay đổi nhất" if one["proven"] else "chưa chứng minh là ít thay đổi nhất"
    ctx.line(f"{one['unit_name']}, nhiệm kỳ {one['term']}: {len(one['changes'])} thay đổi ({sure}).")
    for said in one["missing"]:
        ctx.line(f"  Không đạt được: {said}")
    for change in one["changes"]:
        who = "; ".join(
            f"{verb} {change[name]}" for verb, name in (("đưa vào", "added_name"), ("đưa ra", "removed_name")) if change[name]
        )
        ctx.line(f"  {change['title_name']}: {who} – {change['why']}.")


def put_rows(table: Table, args: argparse.Namespace, ctx: Context) -> None:
    """The table; as JSON its rows under their heads."""
    if format_of(args) == "json":
        ctx.json({"rows": [dict(zip(table.heads, row)) for row in table.rows]})
    else:
        put(table, args, ctx)


ACTS = {"meter": _meter, "review": _review, "propose": _propose}
