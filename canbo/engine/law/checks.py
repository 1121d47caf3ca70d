"""What a law folder must fulfil before anybody is judged by it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Protocol

from canbo.engine.language import LanguageError
from canbo.engine.law.calendars import calendar_citations, check_calendar, check_folder_calendar
from canbo.engine.law.conditions import parsed, words_on
from canbo.engine.law.model import Cite, LawSet, Parameter, Period, Provision, Standard, StandardVersion
from canbo.engine.law.problems import Problems, nearest
from canbo.engine.structures.checking import check_structures
from canbo.engine.types import Vocabulary
from canbo.kernel.dates import PartialDate

if TYPE_CHECKING:  # a folder is read before it is checked
    from canbo.engine.law.loader import Folder


class Dated(Protocol):
    @property
    def period(self) -> Period: ...


FILES = {
    "standard": "standards", "parameter": "parameters", "structure": "structures", "procedure": "procedures", "regime": "regimes",
    "post": "posts",
}  # fmt: skip


def shown(day: date | None) -> str:
    return PartialDate.from_date(day).display if day and day != date.max else "nay"


# --- one folder


def check_folder(folder: "Folder", problems: Problems) -> None:
    """Keys once each, versions of one key never in force on one day."""
    _once("documents.toml", "document", [d.key for d in folder.documents], problems)
    _once("parameters", "parameter", [p.name for p in folder.parameters], problems)
    _once("standards", "standard", [s.code for s in folder.standards], problems)
    for parameter in folder.parameters:
        _apart(parameter.versions, f"parameter[{parameter.name}]", "parameters", problems)
    for standard in folder.standards:
        _apart(standard.versions, f"standard[{standard.code}]", "standards", problems)
        for one in standard.versions:
            codes = [c.code for c in one.criteria]
            _once("standards", f"standard[{standard.code}].version[{one.code}].criterion", codes, problems)
    check_folder_calendar(folder.calendars, problems)
    for provision in folder.provisions:
        _apart(provision.versions, f"{provision.kind}[{provision.code}]", FILES[provision.kind], problems)


def _once(file: str, what: str, keys: Iterable[str], problems: Problems) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            problems.add(file, f"{what}[{key}]", f"“{key}” có hai lần; hãy gộp lại hoặc đặt mã khác.")
        seen.add(key)


def _apart(versions: tuple[Dated, ...], where: str, file: str, problems: Problems) -> None:
    for number, one in enumerate(versions):
        for other in versions[number + 1 :]:
            if one.period.meets(other.period):
                day = max(one.period.start, other.period.start)
                problems.add(file, where, f"hai phiên bản cùng có hiệu lực ngày {shown(day)}; hãy đặt ngày “to” của bản cũ.")


# --- all folders together


def check_laws(laws: LawSet, *, vocabulary: Vocabulary, titles: Container[str] | None, problems: Problems) -> None:
    """Citations known and in force, titles and facts known, expressions readable, parameters there when they are named."""
    for document in laws.documents.values():
        if document.replaced_by and document.replaced_by not in laws.documents:
            text = f"văn bản thay thế “{document.replaced_by}” không có trong sổ.{nearest(document.replaced_by, laws.documents)}"
            problems.add("documents.toml", f"document[{document.key}].replaced_by", text)
        elif document.replaced_by and document.period.end != (start := laws.documents[document.replaced_by].period.start):
            text = (
                f"{document.name} hết hiệu lực ngày {shown(document.period.end)} nhưng {laws.documents[document.replaced_by].name} "
                f"thay thế từ ngày {shown(start)}; hai ngày phải là một."
            )
            problems.add("documents.toml", f"document[{document.key}].to", text)
    _check_document_cases(laws, problems)
    for file, where, period, cite in citations(laws):
        _check_cite(laws, file, where, period, cite, problems)
    check_calendar(laws.calendar, problems)
    own = {title for overlay in laws.overlays for title in overlay.titles}
    for standard in laws.standards.values():
        _check_titles(standard, titles, own, problems)
        for version in standard.versions:
            _check_expressions(laws, standard, version, vocabulary, problems)
    check_structures(laws, vocabulary=vocabulary, problems=problems)


def citations(laws: LawSet) -> Iterator[tuple[str, str, Period, Cite]]:
    """(file, place, period, cite) of every value of the law."""
    for name, parameter in laws.parameters.items():
        for version in parameter.versions:
            yield "parameters", f"parameter[{name}].version[{version.period.start}]", version.period, version.cite
    for provision in laws.provisions.values():
        for one in provision.versions:
            where = f"{provision.kind}[{provision.code}].version[{one.period.start}]"
            yield FILES[provision.kind], where, one.period, one.cite
            for inside, cite in getattr(one.content, "cites", ()):
                yield FILES[provision.kind], f"{where}.{inside}", one.period, cite
    for number, rule in enumerate(laws.authority):
        yield "authority", f"authority[{number + 1}]", rule.period, rule.cite
    yield from calendar_citations(laws.calendar)
    for standard in laws.standards.values():
        for dated in standard.versions:
            where = f"standard[{standard.code}].version[{dated.code}]"
            for criterion in dated.criteria:
                yield "standards", f"{where}.criterion[{criterion.code}]", dated.period, criterion.cite
                for exception in criterion.exceptions:
                    yield "standards", f"{where}.criterion[{criterion.code}].exception", dated.period, exception.cite


def _check_document_cases(laws: LawSet, problems: Problems) -> None:
    """The dates of the register against those written down a second time."""
    for case in laws.document_cases:
        document, where = laws.documents.get(case.document), f"document_case[{case.number}]"
        if document is None:
            problems.add(case.file, where, f"không có văn bản “{case.document}”.{nearest(case.document, laws.documents)}")
        elif case.period.start != document.period.start or case.period.end not in (None, document.period.end):
            ours, theirs = (f"{shown(period.start)} – {shown(period.end)}" for period in (document.period, case.period))
            text = f"{document.name}: documents.toml ghi hiệu lực {ours}, ở đây ghi {theirs}; hãy xem lại ngày nào đúng."
            problems.add(case.file, where, text)


def _check_cite(laws: LawSet, file: str, where: str, period: Period, cite: Cite, problems: Problems) -> None:
    document = laws.documents.get(cite.document)
    if not cite.document:
        return  # said while reading
    if document is None:
        text = f"văn bản “{cite.document}” không có trong documents.toml.{nearest(cite.document, laws.documents)}"
        problems.add(file, f"{where}.document", text)
    elif not document.period.covers(period):
        text = (
            f"dẫn {document.name}, có hiệu lực {shown(document.period.start)} – {shown(document.period.end)}, cho thời gian "
            f"{shown(period.start)} – {shown(period.end)}; hãy sửa ngày của phiên bản hoặc dẫn văn bản còn hiệu lực."
        )
        problems.add(file, where, text)


def _check_titles(standard: Standard, titles: Container[str] | None, own: Container[str], problems: Problems) -> None:
    for title in standard.titles:
        if titles is not None and title not in titles and title not in own:
            known = titles if isinstance(titles, Iterable) else ()
            text = f"chức danh “{title}” không có trong danh mục chức danh.{nearest(title, known)}"
            problems.add("standards", f"standard[{standard.code}].titles", text)


def _check_expressions(
    laws: LawSet, standard: Standard, version: StandardVersion, vocabulary: Vocabulary, problems: Problems
) -> None:
    for day in _turning_days(laws, version.period):
        words = words_on(day, laws=laws, vocabulary=vocabulary)
        for criterion in version.criteria:
            try:
                parsed(criterion, words=words, titles=standard.titles)
            except LanguageError as error:
                where = f"standard[{standard.code}].version[{version.code}].criterion[{criterion.code}]"
                since = f" (từ ngày {shown(day)})" if day != version.period.start else ""
                problems.add("standards", where, f"{error}{since}")


def _turning_days(laws: LawSet, period: Period) -> list[date]:
    """The first day of the period and every day in it on which some parameter changes: an expression must be readable on all."""
    starts = {v.period.start for p in laws.parameters.values() for v in p.versions}
    ends = {v.period.end for p in laws.parameters.values() for v in p.versions if v.period.end}
    return sorted({period.start, *(day for day in starts | ends if period.holds(day))})


# --- local law


def check_local(folders: "list[Folder]", problems: Problems) -> None:
    """Local values stand only where the central text leaves them room."""
    central: dict[str, list[StandardVersion]] = defaultdict(list)
    parameters: dict[str, Parameter] = {}
    for number, folder in enumerate(folders):
        if number and folder.overlay is None:
            problems.add(folder.name, "", "thư mục quy định của địa phương cần tệp overlay.toml (mã, tên, đơn vị áp dụng).")
        for standard in folder.standards:
            for version in standard.versions if number else ():
                _check_room(standard, version, central[standard.code], problems)
            if not number:
                central[standard.code] += standard.versions
        for parameter in folder.parameters:
            if parameter.name in parameters and not parameters[parameter.name].local_may:
                where = f"parameter[{parameter.name}]"
                problems.add("parameters", where, "văn bản trung ương không để địa phương quy định khác (local_may = false).")
            parameters.setdefault(parameter.name, parameter)


def _check_room(standard: Standard, version: StandardVersion, central: list[StandardVersion], problems: Problems) -> None:
    for above in central:
        if above.period.meets(version.period) and not above.local_may:
            where = f"standard[{standard.code}].version[{version.code}]"
            text = f"phiên bản “{above.code}” của trung ương không để địa phương quy định khác (local_may = false)."
            problems.add("standards", where, text)


__all__ = ["Provision", "check_folder", "check_laws", "check_local", "citations", "shown"]
