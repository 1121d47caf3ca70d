"""`laws`: check, list, show and compare the law in service."""

import argparse
from datetime import date
from pathlib import Path

from django.conf import settings

from canbo.assess.due import names_of
from canbo.assess.law_sets import CENTRAL, law_in_force, law_vocabulary, local_folders, read_laws
from canbo.assess.verdicts import AssessRequest
from canbo.assess.what_if import drafted, tried
from canbo.audit.changes import require
from canbo.cli.context import CommandError, Context
from canbo.cli.options import add_day, day
from canbo.engine.law.model import (
    EVIDENCE,
    LawSet,
    Parameter,
    ParameterVersion,
    ProvisionVersion,
    Standard,
    StandardVersion,
)
from canbo.engine.law.mutate import moves
from canbo.engine.law.problems import LawRefused, nearest
from canbo.engine.law.reading import PURPOSES
from canbo.engine.law.verdicts import VERDICTS
from canbo.kernel.numbers import thousands
from canbo.snapshot.queries import current

HELP = "quy định: kiểm tra, liệt kê, xem, so hai ngày"


def arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True, metavar="VIỆC")
    check = steps.add_parser("check", help="kiểm tra mọi tệp quy định")
    check.add_argument("--mutate", action="store_true", help="dịch từng ngưỡng một bậc: phải có trường hợp thử nhận ra")
    steps.add_parser("list", help="liệt kê văn bản, tham số, tiêu chuẩn")
    show = steps.add_parser("show", help="xem một tiêu chuẩn hoặc tham số")
    show.add_argument("code", metavar="MÃ")
    add_day(show)
    trial = steps.add_parser("try", help="thử một bản thảo: ai sẽ đổi kết luận; không ghi gì")
    trial.add_argument("folder", nargs="?", metavar="THƯ_MỤC", help="bản sao đã sửa của thư mục quy định, hoặc quy định địa phương")
    trial.add_argument("--set", action="append", default=[], metavar="MÃ:TIÊU_CHÍ=ĐIỀU_KIỆN", help="đổi một điều kiện để thử")
    trial.add_argument("--title", required=True, metavar="MÃ", help="mã chức danh, held hoặc planned")
    trial.add_argument("--purpose", choices=PURPOSES, default="title", help="để làm gì")
    add_day(trial)
    diff = steps.add_parser("diff", help="khác nhau giữa hai ngày")
    add_day(diff)
    add_day(diff, "--and", words="ngày kia")


def run(args: argparse.Namespace, ctx: Context) -> int:
    return STEPS[args.step](args, ctx)


def check(args: argparse.Namespace, ctx: Context) -> int:
    failed = False
    for root in [CENTRAL, *local_folders(settings.LAWS_DIR)]:
        try:
            laws = read_laws([CENTRAL] if root == CENTRAL else [CENTRAL, root])
        except LawRefused as error:
            failed = True
            ctx.line(f"{root.name}: {len(error.problems)} lỗi")
            for problem in error.problems:
                ctx.line(f"  {problem}")
            continue
        ctx.line(f"{root.name}: {summary(laws)}")
        if args.mutate:
            failed |= _mutate(laws, ctx)
    return 1 if failed else 0


def summary(laws: LawSet) -> str:
    versions = sum(len(s.versions) for s in laws.standards.values())
    values = sum(len(p.versions) for p in laws.parameters.values())
    return (
        f"{len(laws.documents)} văn bản, {len(laws.standards)} tiêu chuẩn ({versions} phiên bản), {len(laws.parameters)} tham số "
        f"({values} phiên bản), {len(laws.cases) + len(laws.parameter_cases)} trường hợp thử; {laws.hash}"
    )


def _mutate(laws: LawSet, ctx: Context) -> bool:
    found = list(moves(laws, vocabulary=law_vocabulary()))
    survivors = [move for move in found if not move.noticed]
    ctx.line(f"  đã dịch {len(found)} ngưỡng, {len(survivors)} không trường hợp nào nhận ra")
    for move in survivors:
        ctx.line(f"  {move.where}: {move.before} → {move.after}")
    return bool(survivors)


def list_(args: argparse.Namespace, ctx: Context) -> int:
    laws = read_laws([CENTRAL])
    for document in laws.documents.values():
        end = f" – {document.period.end:%d/%m/%Y}" if document.period.end else ""
        ctx.line(f"{document.key}\t{document.name}\t{document.period.start:%d/%m/%Y}{end}\t{EVIDENCE[document.evidence]}")
    for parameter in laws.parameters.values():
        ctx.line(f"{parameter.name}\t{parameter.label}\t{len(parameter.versions)} phiên bản")
    for standard in laws.standards.values():
        ctx.line(f"{standard.code}\t{standard.label}\t{', '.join(standard.titles)}")
    for year in sorted(one.year for one in laws.calendar.years):
        named = [one for one in laws.calendar.holidays if one.day.year == year]
        worked = sum(one.works for one in named)
        ctx.line(f"lich-{year}\tLịch ngày nghỉ năm {year}\t{len(named) - worked} ngày nghỉ ngoài ngày lễ cố định, {worked} ngày làm bù")
    return 0


def show(args: argparse.Namespace, ctx: Context) -> int:
    laws, on = read_laws([CENTRAL]), day(args.on)
    if args.code in laws.standards:
        _standard(laws.standards[args.code], on, laws, ctx)
    elif args.code in laws.parameters:
        _parameter(laws.parameters[args.code], on, laws, ctx)
    else:
        raise CommandError(f"Không có tiêu chuẩn hoặc tham số “{args.code}”.{nearest(args.code, [*laws.standards, *laws.parameters])}")
    return 0


def _standard(standard: Standard, on: date, laws: LawSet, ctx: Context) -> None:
    version = standard.on(on)
    ctx.line(f"{standard.label} – ngày {on:%d/%m/%Y}")
    if version is None:
        ctx.line("  Chưa có phiên bản nào có hiệu lực ngày này.")
        return
    ctx.line(f"  {laws.documents[version.document].name}" + ("" if version.complete else " – mới có căn cứ một phần"))
    for c in version.criteria:
        ctx.line(f"  - {c.label} ({c.cite.article}; {EVIDENCE[c.cite.evidence]})")
        ctx.line(f"      {c.require}" + (f"   khi {c.applies}" if c.applies else ""))


def _parameter(parameter: Parameter, on: date, laws: LawSet, ctx: Context) -> None:
    version = parameter.on(on)
    ctx.line(f"{parameter.label} ({parameter.unit}) – ngày {on:%d/%m/%Y}")
    if version is None:
        ctx.line("  Chưa có giá trị nào có hiệu lực ngày này.")
        return
    cited = f"{laws.documents[version.cite.document].name}, {version.cite.article}; {EVIDENCE[version.cite.evidence]}"
    ctx.line(f"  {_said(version)} ({cited})")


def try_(args: argparse.Namespace, ctx: Context) -> int:
    require(ctx.actor, "standards.read")
    changes = dict(text.partition("=")[::2] for text in args.set)
    draft = _draft(args.folder, changes)
    law, snapshot = law_in_force(settings.LAWS_DIR), current()
    request = AssessRequest(on=day(args.on), title=args.title, purpose=args.purpose)
    now, then, moved = tried(request=request, law=law, draft=draft, snapshot=snapshot, actor=ctx.actor, scope=ctx.scope)
    for verdict, label in VERDICTS.items():
        ctx.line(f"{label}: {thousands(now.counts[verdict])} → {thousands(then.counts[verdict])}")
    people = names_of({key for key, *_ in moved}, snapshot=snapshot)
    for key, title, _, before, after in moved:
        ctx.line(f"{people[key][0]} ({key})\t{title}\t{VERDICTS[before]} → {VERDICTS[after]}")
    ctx.line(f"{thousands(len(moved))} lượt đổi kết luận.")
    return 0


def _draft(folder: str | None, changes: dict[str, str]) -> LawSet:
    if folder is None:
        laws = read_laws([CENTRAL])
    else:
        root = Path(folder)
        laws = read_laws([CENTRAL, root] if (root / "overlay.toml").exists() else [root])
    return drafted(laws, changes=changes) if changes else laws


def diff(args: argparse.Namespace, ctx: Context) -> int:
    """What is in force on one day and not, or otherwise, on the other: the value and its document on both."""
    laws, first, second = read_laws([CENTRAL]), day(args.on), day(vars(args)["and"])
    found = [
        f"{part.name if isinstance(part, Parameter) else part.code}\t{part.label}: {_named(before, laws)} → {_named(after, laws)}"
        for kind in (laws.standards, laws.parameters, laws.provisions)
        for part in kind.values()
        if (before := part.on(first)) is not (after := part.on(second))
    ]
    for line in found or [f"Ngày {first:%d/%m/%Y} và ngày {second:%d/%m/%Y} dùng cùng các quy định."]:
        ctx.line(line)
    return 0


def _named(version: StandardVersion | ParameterVersion | ProvisionVersion | None, laws: LawSet) -> str:
    if version is None:
        return "chưa có"
    if isinstance(version, StandardVersion):
        return laws.documents[version.document].name
    cited = laws.documents[version.cite.document].name
    return f"{_said(version)} ({cited})" if isinstance(version, ParameterVersion) else cited


def _said(version: ParameterVersion) -> str:
    return str(version.value) if version.value is not None else ", ".join(f"{key} = {value}" for key, value in version.values.items())


STEPS = {"check": check, "list": list_, "show": show, "diff": diff, "try": try_}
