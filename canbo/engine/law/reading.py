"""Tables → the parts of a law set. Each function reads one kind of file and closes every table it opened."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from canbo.engine.law.model import (
    EVIDENCE,
    MOMENTS,
    REGIMES,
    SEVERITIES,
    Authority,
    Case,
    Criterion,
    Document,
    DocumentCase,
    Exception_,
    Overlay,
    Parameter,
    ParameterCase,
    ParameterVersion,
    Provision,
    ProvisionVersion,
    Standard,
    StandardVersion,
)
from canbo.engine.law.posts import wanted_fields
from canbo.engine.law.source import Table
from canbo.engine.procedures.reading import steps
from canbo.engine.ratings.reading import regime
from canbo.engine.structures.reading import rules

OUTCOMES = {"yes": "đạt", "no": "chưa đạt", "unknown": "thiếu hồ sơ"}
PURPOSES = {
    "title": "giữ chức danh", "candidacy": "tham gia cấp ủy", "planning": "quy hoạch", "training": "cử đi học",
    "planning-age": "tuổi quy hoạch nhiệm kỳ kế tiếp, xét vào tháng tính tuổi",
    "planning-age-current": "tuổi quy hoạch nhiệm kỳ hiện tại", "planning-stay": "ở lại quy hoạch",
    "appointment": "bổ nhiệm chức vụ cao hơn", "local": "chuẩn riêng của địa phương",
}  # fmt: skip


def documents(file: Table) -> Iterator[Document]:
    for row in file.tables("document"):
        yield Document(
            key=row.text("key"), number=row.text("number"), kind=row.text("kind"), issuer=row.text("issuer"),
            regime=row.choice("regime", REGIMES), title=row.text("title"), dated=row.day("dated"), period=row.period(),
            evidence=row.choice("evidence", EVIDENCE),  # type: ignore[arg-type]
            replaced_by=row.text("replaced_by", ""), note=row.text("note", ""),
        )  # fmt: skip
        row.close()
    file.close()


def parameters(file: Table) -> Iterator[Parameter]:
    for row in file.tables("parameter"):
        by = row.text("by", "")
        yield Parameter(
            name=row.text("name"), label=row.text("label"), unit=row.text("unit", ""), regime=row.choice("regime", REGIMES, ""),
            by=by, local_may=row.flag("local_may", False), select_at=row.choice("select_at", MOMENTS, "check"),  # type: ignore[arg-type]
            versions=tuple(_parameter_version(version, by) for version in row.tables("version")),
        )  # fmt: skip
        row.close()
    file.close()


def _parameter_version(row: Table, by: str) -> ParameterVersion:
    value, values = row.number("value"), row.map("values")
    if bool(by) != bool(values) or (not by and value is None):
        row.wrong("cần values = { … } cho từng khóa." if by else "cần value = …", "values" if by else "value")
    for key, one in values.items():
        if isinstance(one, bool) or not isinstance(one, int | Decimal | date | str):
            row.wrong("cần một số, ngày hoặc mã.", f"values.{key}")
    found = ParameterVersion(period=row.period(), cite=row.cite(), value=value, values=MappingProxyType(values))
    row.close()
    return found


def standards(file: Table) -> Iterator[Standard]:
    for row in file.tables("standard"):
        yield Standard(
            code=row.text("code"), label=row.text("label"), titles=row.texts("titles", ()),
            regime=row.choice("regime", REGIMES), level=row.text("level", ""),
            select_at=row.choice("select_at", MOMENTS, "check"),  # type: ignore[arg-type]
            purpose=row.choice("purpose", PURPOSES, "title"),
            versions=tuple(_standard_version(version) for version in row.tables("version")),
        )  # fmt: skip
        row.close()
    file.close()


def _standard_version(row: Table) -> StandardVersion:
    document = row.text("document")
    found = StandardVersion(
        code=row.text("code"), period=row.period(), document=document, complete=row.flag("complete", True),
        note=row.text("note", ""), local_may=row.flag("local_may", False),
        criteria=tuple(_criterion(criterion, document) for criterion in row.tables("criterion")),
    )  # fmt: skip
    row.close()
    return found


def _criterion(row: Table, document: str) -> Criterion:
    found = Criterion(
        code=row.text("code"), label=row.text("label"), require=row.text("require"), cite=row.cite(document),
        severity=row.choice("severity", SEVERITIES, "block"),  # type: ignore[arg-type]
        applies=row.text("applies", ""), fixable_before=row.flag("fixable_before", False),
        waivable_by=row.text("waivable_by", ""),
        exceptions=tuple(_exception(exception, document) for exception in row.tables("exception")),
    )  # fmt: skip
    row.close()
    return found


def _exception(row: Table, document: str) -> Exception_:
    found = Exception_(row.text("label"), row.text("when"), row.text("require"), row.cite(document))
    row.close()
    return found


def authority(file: Table) -> Iterator[Authority]:
    for row in file.tables("authority"):
        yield Authority(
            titles=row.texts("titles"), act=row.text("act"), decides=row.text("decides"), submits=row.text("submits", ""),
            period=row.period(), cite=row.cite(),
        )  # fmt: skip
        row.close()
    file.close()


def provisions(file: Table, kind: str) -> Iterator[Provision]:
    """Procedures, regimes, structures: dated and cited like everything else, their content read by its own kind."""
    for row in file.tables(kind):
        yield Provision(
            kind=kind, code=row.text("code"), label=row.text("label"),
            select_at=row.choice("select_at", MOMENTS, "check"),  # type: ignore[arg-type]
            versions=tuple(_provision_version(version, kind) for version in row.tables("version")),
        )  # fmt: skip
        row.close()
    file.close()


def _provision_version(row: Table, kind: str) -> ProvisionVersion:
    cite = row.cite()
    raw = {key: value for key, value in row.values.items() if key not in ("from", "to")}
    found = ProvisionVersion(period=row.period(), cite=cite, content=CONTENTS[kind](row, cite.document), raw=MappingProxyType(raw))
    row.close()
    return found


CONTENTS: dict[str, Callable[[Table, str], object]] = {"procedure": steps, "regime": regime, "structure": rules, "post": wanted_fields}


def parameter_cases(file: Table) -> Iterator[ParameterCase]:
    for number, row in enumerate(file.tables("parameter_case"), 1):
        value = row.number("value")
        if value is None:
            row.wrong("cần value = …", "value")
        yield ParameterCase(
            parameter=row.text("parameter"), on=row.day("on", required=True) or date.max, key=row.text("key", ""),
            value=0 if value is None else value, says=row.text("says", ""), file=file.file, number=number,
        )  # fmt: skip
        row.close()


def document_cases(file: Table) -> Iterator[DocumentCase]:
    for number, row in enumerate(file.tables("document_case"), 1):
        yield DocumentCase(document=row.text("document"), period=row.period(), file=file.file, number=number)
        row.close()


def cases(file: Table) -> Iterator[Case]:
    standard = file.text("standard") if "case" in file.values or "standard" in file.values else ""
    for number, row in enumerate(file.tables("case"), 1):
        yield Case(
            standard=standard, version=row.text("version"), criterion=row.text("criterion"),
            gives=MappingProxyType(dict(row.map("gives"))), expect=row.choice("expect", OUTCOMES),  # type: ignore[arg-type]
            says=row.text("says", ""), file=file.file, number=number,
        )  # fmt: skip
        row.close()
    file.close()


def overlay(file: Table) -> Overlay:
    found = Overlay(
        code=file.text("code"), label=file.text("label"), units=file.texts("units"), example=file.flag("example", False),
        titles=file.texts("titles", ()),
    )  # fmt: skip
    file.close()
    return found


def stored(value: Any) -> str:
    """A value as text, the same for equal values: what the hash of a law set is made of."""
    return value.isoformat() if isinstance(value, date) else str(value)
