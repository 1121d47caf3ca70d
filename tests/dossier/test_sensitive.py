"""Sensitive matters stay where they are: no fact, filter, column, ranking, import or export knows them."""

import pytest

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess.columns import UNRANKED, listable
from canbo.dossier.models import AssetDeclaration, HealthCertificate, HistoryConclusion, Person, Relative
from canbo.dossier.sections import FIELD_SECTIONS, PERSON_FIELD_GROUP, RECORD_SECTIONS
from canbo.dossier.sensitive import CLOSED_COLUMNS
from canbo.facts.catalogue import FACTS
from canbo.facts.tables import SCHEMA
from canbo.imports.reading.fields import fields
from canbo.imports.state import TOUCHED
from canbo.kernel.text import fold
from canbo.snapshot.queries import current
from canbo.web.dossiers.recordforms import columns_of

HISTORY, RELATIVE = HistoryConclusion._meta.db_table, Relative._meta.db_table
OWN = {"id", "person", "source", "known_from"}


def test_no_fact_is_of_history_or_family_or_rests_on_them() -> None:
    closest = {fact.name for fact in FACTS.values() if fact.group in ("history", "family")}
    resting = {fact.name for fact in FACTS.values() for on in fact.rests_on if on.partition(".")[0] in (HISTORY, RELATIVE)}
    named = {fact.name for fact in FACTS.values() for on in fact.rests_on if on.partition(".")[2] in CLOSED_COLUMNS}
    assert (closest, resting, named) == (set(), set(), set())


def test_snapshot_holds_nothing_of_them() -> None:
    assert {HISTORY, RELATIVE} & set(SCHEMA) == set()
    assert CLOSED_COLUMNS & set(SCHEMA["person"]) == set()
    assert set(SCHEMA["health_certificate"]) == {"id", "person", "known_from", "certified_on"}
    assert set(SCHEMA["asset_declaration"]) == {"id", "person", "known_from", "declared_on"}


def test_no_list_imports_them() -> None:
    assert {HistoryConclusion, Relative} & set(TOUCHED) == set()
    assert CLOSED_COLUMNS & set(fields()) == set()
    words = ("thanh phan gia dinh", "lich su chinh tri", "lich su ban than", "che do cu", "bi bat", "bi tu")
    assert [(f.name, h) for f in fields().values() for h in f.headings for word in words if word in fold(h)] == []


@pytest.mark.django_db
def test_no_list_shows_or_orders_by_them() -> None:
    columns = listable(snapshot=current(), scope=LOCAL_ACCESS.scope)
    assert {fact.group for fact in columns.values()} & {"history", "family", "religion", "health", "assets"} == set()
    assert {"ethnicity", "ethnic_minority", "religion", "religious"} <= UNRANKED


def test_what_is_kept_of_them_is_conclusion_date_and_class_only() -> None:
    models = (HistoryConclusion, HealthCertificate, AssetDeclaration)
    kept = {model: {f.name for f in model._meta.concrete_fields} - OWN for model in models}
    assert kept == {
        HistoryConclusion: {"item", "present", "paper_sealed", "conclusion_sealed"},
        HealthCertificate: {"certified_on", "class_sealed"},
        AssetDeclaration: {"declared_on", "period"},
    }
    assert columns_of(Relative) == ["side", "relation", "name_sealed", "birth_year"]


def test_item_eleven_is_neither_shown_nor_editable() -> None:
    assert CLOSED_COLUMNS & set(PERSON_FIELD_GROUP) == set()
    assert CLOSED_COLUMNS & {name for section in FIELD_SECTIONS for name in section.fields} == set()
    assert CLOSED_COLUMNS & {name for section in RECORD_SECTIONS for name in section.columns} == set()
    assert {f.name for f in Person._meta.concrete_fields} >= CLOSED_COLUMNS
