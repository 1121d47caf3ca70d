"""Facts that only statutory forms ask: the report group of a rank, foreign languages other than English."""

import polars as pl

from canbo.engine.codelists import load_codelist
from canbo.engine.types import Code
from canbo.facts import scales
from canbo.facts.career import rank_code
from canbo.facts.learning import _best, _of_kind
from canbo.facts.registry import Ask, fact
from canbo.facts.tables import Tables

RANK_GROUP = Code((
    ("cvcc", "Chuyên viên cao cấp và tương đương"), ("cvc", "Chuyên viên chính và tương đương"),
    ("cv", "Chuyên viên và tương đương"), ("cs", "Cán sự và tương đương"), ("nv", "Nhân viên"),
))  # fmt: skip


@fact(type=RANK_GROUP, label="Nhóm ngạch", group="pay", rests_on=("pay.rank_code",))
def rank_group(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The report column of a rank code; unknown for codes not in the list."""
    groups = {row.code: row.extra["group"] for row in load_codelist("ranks").rows}
    group = pl.col("value").cast(pl.String).replace_strict(groups, default=None, return_dtype=pl.String)
    return rank_code.of(t, ask).with_columns(group.alias("value")).filter(pl.col("value").is_not_null())


@fact(type=scales.LANGUAGE_LEVEL, label="Ngoại ngữ khác tiếng Anh", group="qualification", rests_on=("qualification",))
def other_language(t: Tables, ask: Ask) -> pl.LazyFrame:
    """The highest level in a language that is named and is not English."""
    rows = _of_kind(t, ask, "ngoai-ngu").filter(pl.col("language").is_not_null(), pl.col("language") != "anh")
    return _best(rows, t, ask, scales.LANGUAGE_LEVEL, ("foreign_language", "ngoai-ngu"))
