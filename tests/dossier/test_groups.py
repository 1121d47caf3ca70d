"""Every section of the dossier stands in exactly one group of the CV, and every required item in one of them."""

from collections import Counter

from canbo.dossier.groups import CV_GROUPS, NONE_OF
from canbo.dossier.sections import FIELD_SECTIONS, RECORD_SECTIONS
from canbo.facts.completeness import REQUIRED


def test_every_section_stands_in_one_group() -> None:
    fields = Counter(section.title for group in CV_GROUPS for section in group.field_sections)
    tables = Counter(table for group in CV_GROUPS for table in group.tables)
    assert fields == Counter(section.title for section in FIELD_SECTIONS)
    assert tables == Counter(section.model._meta.db_table for section in RECORD_SECTIONS)


def test_every_required_item_stands_in_one_group() -> None:
    assert Counter(name for group in CV_GROUPS for name in group.required) == Counter(fact.name for fact in REQUIRED)


def test_nones_speak_of_tables_that_are_shown() -> None:
    assert set(NONE_OF) <= {table for group in CV_GROUPS for table in group.tables}
