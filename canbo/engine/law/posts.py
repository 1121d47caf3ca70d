"""Which fields of study a post asks for: said by the agencies' own law (`posts/*.toml`), never guessed.

The central text asks for a field "fit for the post" and names none, so nothing ships with the program but an example.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from canbo.engine.codelists import load_codelist
from canbo.engine.law.model import Cite, LawSet
from canbo.engine.law.problems import nearest
from canbo.engine.law.source import Table


@dataclass(frozen=True, slots=True)
class WantedFields:
    """Whom it speaks of – one of the titles, in or below a unit, a unit of that kind: all that is said must hold – and what is asked."""

    titles: frozenset[str]
    units: frozenset[str]
    unit_kinds: frozenset[str]
    fields: frozenset[str]

    def speaks_of(self, *, title: str | None, line: Iterable[str], unit_kind: str) -> bool:
        """A title (None = some other one) in a unit, given the codes of the unit and of those above it."""
        if self.titles and title not in self.titles:
            return False
        return not (self.units and self.units.isdisjoint(line)) and not (self.unit_kinds and unit_kind not in self.unit_kinds)


@dataclass(frozen=True, slots=True)
class PostFields:
    """The wanted fields of a post in force on a day, under their name and citation."""

    label: str
    wanted: WantedFields
    cite: Cite


def wanted_fields(row: Table, document: str) -> WantedFields:
    """The content of one version: `titles`, `units`, `unit_kinds`; `fields` of study or whole `groups` of them."""
    studies = load_codelist("fields_of_study")
    groups = _known(row, "groups", load_codelist("field_groups").codes)
    fields = _known(row, "fields", studies.codes) | {study.code for study in studies.rows if study.extra["group"] in groups}
    titles, units, kinds = (frozenset(row.texts(key, ())) for key in ("titles", "units", "unit_kinds"))
    found = WantedFields(titles, units, kinds, frozenset(fields))
    if not fields:
        row.wrong("chưa ghi ngành nào; hãy ghi fields = [\"…\"] (ngành) hoặc groups = [\"…\"] (nhóm ngành).", "fields")
    if not (found.titles or found.units or found.unit_kinds):
        row.wrong("chưa ghi vị trí nào; hãy ghi titles (chức danh), units (mã đơn vị) hoặc unit_kinds (loại đơn vị).", "titles")
    return found


def _known(row: Table, key: str, codes: Iterable[str]) -> set[str]:
    said = row.texts(key, ())
    for code in said:
        if code not in codes:
            row.wrong(f"“{code}” không có trong danh mục.{nearest(code, codes)}", key)
    return set(said)


@lru_cache(maxsize=64)
def post_fields(laws: LawSet, on: date) -> tuple[PostFields, ...]:
    """What is in force on the day; what is known from memory alone decides nothing."""
    dated = ((provision, provision.on(on)) for provision in laws.provisions.values())
    return tuple(
        PostFields(provision.label, version.content, version.cite)
        for provision, version in dated
        if version is not None and isinstance(version.content, WantedFields) and version.cite.verified
    )


__all__ = ["PostFields", "WantedFields", "post_fields", "wanted_fields"]
