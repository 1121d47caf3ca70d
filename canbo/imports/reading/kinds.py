"""Which kind of list a table is: its title says, its columns must agree."""

import re
from collections import Counter
from collections.abc import Iterable

from canbo.kernel.text import fold

_TITLES = (
    ("discipline", 4, r"ky luat"),
    ("planning", 4, r"quy hoach|nguon ke can"),
    ("ratings", 4, r"xep loai|danh gia"),
    ("training", 4, r"dao tao|boi duong|lop hoc|hoc vien|tap huan|cu di hoc"),
    ("qualifications", 4, r"van bang|chung chi|bang cap|trinh do chuyen mon"),
    ("posts", 4, r"qua trinh cong tac|bo nhiem|luan chuyen|dieu dong|biet phai|mien nhiem|giu chuc vu"),
    (
        "roster",
        4,
        r"trich ngang|danh sach can bo|danh sach cong chuc|danh sach vien chuc|ly lich|danh sach cbcc|thong ke chat luong",
    ),
)
_PEOPLE = (
    "birth ethnicity religion native_place residence party_joined political_theory general_education personal_id"
    " state_management sex degree it_level foreign_language recruited_on rank_code phone staff_kind"
)
_ABOUT_PEOPLE = _PEOPLE.split()
_WHO_AND_WHERE = ("birth", "sex", "unit", "position", "personal_id", "phone", "staff_kind")
_IGNORED = re.compile(r"\b(?:huong dan|danh muc|dm|mau|ghi chu|chu thich|lookup|bia|muc luc|nhap|temp|giai thich)\b")


def is_ignored_name(sheet_name: str) -> bool:
    """Sheets that explain or list codes: `Hướng dẫn`, `Danh mục`."""
    return bool(_IGNORED.search(fold(sheet_name).replace("_", " ")))


def kind_of_table(
    *, titles: Iterable[str], sheet_name: str, found: Iterable[str], groups: Iterable[str], one_each: bool = False
) -> str:
    """roster, posts, qualifications, ratings, training, planning or discipline. `one_each`: nobody has two rows."""
    names = Counter(found)
    votes: Counter[str] = Counter({"roster": 1})
    text = fold(" ".join(titles) + " " + sheet_name.replace("_", " "))
    for kind, weight, pattern in _TITLES:
        if re.search(pattern, text):
            votes[kind] += weight
    people = sum(1 for name in _ABOUT_PEOPLE if names[name])
    votes["roster"] += people
    votes["discipline"] += 5 * bool(names["discipline"]) if people < 5 else 0
    votes["planning"] += 5 * bool(names["planned_for"]) if people < 6 else 0
    votes["ratings"] += 4 * bool(names["rating"]) if people < 4 else 0
    votes["training"] += (5 * bool(names["training_name"]) + 2 * bool(names["training_result"])) if people < 5 else 0
    posts = bool(names["position"]) * (
        2 * bool(names["start"]) + 2 * bool(names["end"]) + bool(names["decision_number"]) + bool(names["appointed_on"])
    )
    votes["posts"] += posts if people < 4 else 0
    learned = (
        2 * bool(names["degree_institution"])
        + 2 * bool(names["degree_year"])
        + bool(names["degree_field"])
        + bool(names["training_form"])
    )
    votes["qualifications"] += learned if people < 5 else 0
    if one_each and sum(bool(names[name]) for name in _WHO_AND_WHERE) >= 3:
        votes["qualifications"] -= (
            4  # one row a person with sex, unit and post is a roster, whatever it says of degrees
        )
    # The post planned for, the grade or the class may stand in group rows instead of a column.
    told = {kind for kind, _, pattern in _TITLES if any(re.search(pattern, fold(group)) for group in groups)}
    _drop_contradicted(votes, names, told)
    return max(votes, key=lambda kind: votes[kind])


def _drop_contradicted(votes: Counter[str], names: Counter[str], told: set[str]) -> None:
    """A title alone does not make a list of ratings when no column holds ratings."""
    for kind, needed in (
        ("ratings", ("rating",)),
        ("planning", ("planned_for", "plan_class", "term")),
        ("training", ("training_name", "training_kind", "training_from", "training_result")),
        ("discipline", ("discipline", "discipline_on", "decision_number")),
        ("posts", ("position", "start", "end", "appointed_on")),
        (
            "qualifications",
            (
                "degree",
                "degree_field",
                "degree_institution",
                "academic_title",
                "political_theory",
                "it_level",
                "foreign_language",
            ),
        ),
    ):
        if kind not in told and not any(names[name] for name in needed):
            votes[kind] = 0
