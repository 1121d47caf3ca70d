"""Types of facts that are codes or scales, read from the code lists that ship as data."""

from collections.abc import Callable
from typing import Any

from canbo.engine.codelists import Row, load_codelist
from canbo.engine.types import Code, Scale, Step


def codes(name: str, *, where: Callable[[Row], bool] = lambda row: True) -> Code:
    """(code, label) of a code list."""
    return Code(tuple((row.code, row.label) for row in load_codelist(name).rows if where(row)))


def scale(name: str) -> Scale:
    """The ranked codes of a list, low to high; codes without a rank are no steps."""
    return _scale(Step(row.code, row.label, row.rank) for row in load_codelist(name).rows if row.rank is not None)


def bucket_scale(name: str, *buckets: str) -> Scale:
    """A list without ranks as a scale of its report columns: none, then each bucket."""
    ranks = {"": 0} | {bucket: rank for rank, bucket in enumerate(buckets, start=1)}
    rows = load_codelist(name).rows
    return _scale(Step(row.code, row.label, ranks[row.extra["report_bucket"]]) for row in rows)


def _scale(steps: Any) -> Scale:
    return Scale(tuple(sorted(steps, key=lambda step: step.rank)))


def marked(name: str, column: str) -> list[str]:
    """Codes whose column says true."""
    return [row.code for row in load_codelist(name).rows if row.extra[column] == "true"]


SEX = Code((("nam", "Nam"), ("nu", "Nữ")))
# Five-year bands, as an age pyramid draws them: the first and the last are open.
YOUNGEST_BAND, OLDEST_BAND, BAND_YEARS = 20, 65, 5
DEGREE = scale("degrees")
POLITICAL_THEORY = scale("political_theory")
STATE_MANAGEMENT = scale("state_management")
RATING = scale("ratings")
IT_LEVEL = bucket_scale("it_levels", "chung-chi", "trung-cap-tro-len")
LANGUAGE_LEVEL = bucket_scale("foreign_language_levels", "chung-chi", "dai-hoc-tro-len")
ETHNICITY = codes("ethnic_groups")
MINORITIES = marked("ethnic_groups", "minority")
RELIGION = codes("religions")
FIELD = codes("fields_of_study")
FIELD_GROUP = codes("field_groups")
GROUP_OF_FIELD = {row.code: row.extra["group"] for row in load_codelist("fields_of_study").rows}
GENERAL_EDUCATION = codes("general_education")
ACADEMIC_TITLE = codes("academic_titles", where=lambda row: row.extra["kind"] == "hoc-ham")
LANGUAGE = codes("foreign_languages")
STAFF_KIND = codes("staff_kinds")
DISCIPLINE_FORM = codes("discipline_forms")
TRAINING_KIND = codes("training_kinds")
TRAINING_FORM = codes("training_forms")
TRAINING_RESULT = codes("training_results")
TRAINING_FAMILY = Code((("dao-tao", "Đào tạo"), ("boi-duong", "Bồi dưỡng")))
HOLDING_KIND = Code((
    ("main", "chức vụ chính"), ("concurrent", "kiêm nhiệm"), ("acting", "quyền, phụ trách"),
    ("rotated", "luân chuyển đến"), ("seconded", "biệt phái đến"), ("elected", "được bầu"),
))  # fmt: skip
LEVEL = Code((("trung-uong", "Trung ương"), ("tinh", "Cấp tỉnh"), ("huyen", "Cấp huyện"), ("xa", "Cấp xã")))
AREA = Code((
    ("dong-bang", "Đồng bằng"), ("do-thi", "Đô thị"), ("trung-du", "Trung du"), ("mien-nui", "Miền núi"),
    ("bien-gioi", "Biên giới"), ("hai-dao", "Hải đảo"),
))  # fmt: skip
BLOCK = Code((
    ("dang", "Đảng"), ("chinh-quyen", "Chính quyền"), ("mat-tran-doan-the", "Mặt trận, đoàn thể"),
    ("su-nghiep", "Sự nghiệp"),
))  # fmt: skip
SIDE = Code((("dang", "Đảng"), ("nha-nuoc", "Chính quyền")))
AGE_BAND = Scale((
    Step(f"duoi-{YOUNGEST_BAND}", f"Dưới {YOUNGEST_BAND}", 0),
    *(Step(f"{low}-{low + BAND_YEARS - 1}", f"{low}–{low + BAND_YEARS - 1}", low) for low in range(YOUNGEST_BAND, OLDEST_BAND, BAND_YEARS)),
    Step(f"tu-{OLDEST_BAND}", f"Từ {OLDEST_BAND}", OLDEST_BAND),
))  # fmt: skip
FAMILY_OF_TRAINING = {row.code: row.extra["family"] for row in load_codelist("training_kinds").rows}
