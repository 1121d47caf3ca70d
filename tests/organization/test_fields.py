"""Partial dates and spans in the database say what the kernel says."""

from datetime import date
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from canbo.kernel.dates import DateError, PartialDate
from canbo.kernel.errors import SpanError
from canbo.kernel.spans import Span, holds
from canbo.organization.fields import PartialDateField, holding_on, text_holds_on
from canbo.organization.models import Post, Title, Unit

BOUNDS = (None, "2019", "2020", "2021", "2019-12", "2020-01", "2020-02", "2020-03", "2021-01", "2019-12-31", "2020-01-01",
          "2020-02-28", "2020-02-29", "2020-03-01", "2020-12-31", "2021-01-01")  # fmt: skip
DAYS = ("2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01", "2020-01-31", "2020-02-28", "2020-02-29", "2020-03-01",
        "2020-12-31", "2021-01-01", "2021-12-31", "2022-01-01")  # fmt: skip


def partial(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


@pytest.mark.django_db
def test_holding_in_sql_equals_holds_of_the_kernel_for_every_start_end_and_day():
    spans = {}
    for start, end in product(BOUNDS, BOUNDS):
        try:
            spans[f"{start}:{end}"] = Span(partial(start), partial(end))
        except SpanError:
            continue
    assert len(spans) > 150
    Unit.objects.bulk_create([Unit(code=code, name=code, start=span.start, end=span.end) for code, span in spans.items()])
    for day in map(date.fromisoformat, DAYS):
        expected = {code for code, span in spans.items() if holds(span, day) is not False}
        iso = {code: (s.start and s.start.iso, s.end and s.end.iso) for code, s in spans.items()}
        assert {code for code, texts in iso.items() if text_holds_on(*texts, day.isoformat())} == expected
        assert set(Unit.objects.holding(day).values_list("code", flat=True)) == expected, day


@pytest.mark.django_db
def test_holding_reaches_through_a_relation():
    old = Unit.objects.create(code="A", name="A", end="2020")
    Post.objects.create(unit=old, title=Title.objects.create(code="t", name="t"))
    posts = Post.objects.filter(holding_on(date(2020, 12, 31), "unit__"))
    assert posts.count() == 1
    assert not Post.objects.filter(holding_on(date(2021, 1, 1), "unit__")).exists()


@pytest.mark.django_db
def test_order_in_the_database_is_order_in_time():
    texts = [text for text in BOUNDS if text] + ["0999", "1968", "1968-05", "1968-05-12", "1968-12", "1969"]
    Unit.objects.bulk_create([Unit(code=text, name=text, start=text) for text in texts])
    assert [unit.start.iso for unit in Unit.objects.order_by("start")] == sorted(texts)


@pytest.mark.django_db
def test_every_partial_date_column_compares_as_written():
    """PostgreSQL would compare by the database's language, which skips the hyphens; SQLite compares bytes anyway."""
    fields = [f for m in apps.get_app_config("canbo").get_models() for f in m._meta.concrete_fields]
    dates = [f for f in fields if isinstance(f, PartialDateField)]
    assert len(dates) > 40
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT table_name, column_name, collation_name FROM information_schema.columns")
            found = {(table, column): collation for table, column, collation in cursor.fetchall()}
        assert {found[f.model._meta.db_table, f.column] for f in dates} == {"C"}
    else:
        assert {f.db_type(connection) for f in dates} == {"varchar(10)"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2/2020", "không có ngày 31"),
        ("13/2020/5", "Không đọc được"),
        ("5/13/2020", "không có tháng 13"),
        ("mai", "Không đọc được"),
        ("12/5/68", "chỉ có hai số của năm"),
        (True, "không phải ngày"),
    ],
)
def test_wrong_date_is_refused_in_one_sentence(typed: object, said: str):
    with pytest.raises(ValidationError) as caught:
        PartialDateField().to_python(typed)
    assert said in caught.value.messages[0]
    assert len(caught.value.messages) == 1


@pytest.mark.parametrize("text", ["12/05/1968", "1968-5", "mai", "1968-05-12T00:00", "1968-13"])
def test_text_that_could_never_be_read_again_is_not_stored(text: str):
    with pytest.raises(DateError):
        PartialDateField().get_prep_value(text)


@pytest.mark.parametrize(
    ("given", "stored"),
    [(None, None), ("", None), ("1968-05", "1968-05"), (date(1968, 5, 12), "1968-05-12"), (PartialDate(1968), "1968")],
)
def test_empty_is_null_and_dates_are_iso_text(given: object, stored: str | None):
    assert PartialDateField().get_prep_value(given) == stored
