"""A small invented law folder to take apart: one decree replaced by another, one standard, one parameter."""

from pathlib import Path

from canbo.engine.types import Bool, Code, Int, ListOf, Months, Name, Scale, Step, Vocabulary

STEPS = [
    ("chua-qua", "Chưa qua", 0), ("so-cap", "Sơ cấp", 1), ("trung-cap", "Trung cấp", 2), ("cao-cap", "Cao cấp", 3),
    ("cu-nhan", "Cử nhân", 3),
]  # fmt: skip
THEORY = Scale(tuple(Step(*step) for step in STEPS))
VOCABULARY: Vocabulary = {
    "age": Name(type=Int(unit="năm", interval=True), label="Tuổi"),
    "months_left": Name(type=Months(interval=True), label="Số tháng còn công tác"),
    "political_theory": Name(type=THEORY, label="Lý luận chính trị"),
    "titles_ever": Name(type=ListOf(Code((("truong-thon", "Trưởng thôn"), ("pho-thon", "Phó thôn")))), label="Các chức danh đã giữ"),
    "rotated": Name(type=Bool(), label="Luân chuyển đến"),
}
TITLES = {"truong-thon", "pho-thon"}
FILES = {
    "documents.toml": """
[[document]]
key = "qd1-2010"
number = "1/2010/QĐ"
kind = "Quyết định"
issuer = "Bộ"
regime = "state"
title = "Tiêu chuẩn"
from = 2010-01-01
to = 2020-01-01
replaced_by = "nd2-2020"
evidence = "text"

[[document]]
key = "nd2-2020"
number = "2/2020/NĐ"
kind = "Nghị định"
issuer = "Chính phủ"
regime = "state"
title = "Tiêu chuẩn mới"
from = 2020-01-01
evidence = "press"
""",
    "parameters/terms.toml": """
[[parameter]]
name = "term_months"
label = "Một nhiệm kỳ"
unit = "tháng"

[[parameter.version]]
from = 2010-01-01
to = 2020-01-01
value = 48
document = "qd1-2010"
article = "Điều 2"
evidence = "text"

[[parameter.version]]
from = 2020-01-01
value = 60
document = "nd2-2020"
article = "Điều 2"
evidence = "press"
""",
    "standards/village.toml": """
[[standard]]
code = "truong-thon"
label = "Tiêu chuẩn trưởng thôn"
titles = ["truong-thon"]
regime = "state"

[[standard.version]]
code = "qd1-2010"
from = 2010-01-01
to = 2020-01-01
document = "qd1-2010"

[[standard.version.criterion]]
code = "tuoi"
label = "Lần đầu không quá 45 tuổi"
applies = "first_time"
require = "age <= 45"
article = "Điều 3"
evidence = "text"

[[standard.version]]
code = "nd2-2020"
from = 2020-01-01
document = "nd2-2020"
local_may = true

[[standard.version.criterion]]
code = "con-lai"
label = "Còn đủ một nhiệm kỳ"
require = "months_left >= term_months"
article = "Điều 3"
evidence = "press"

[[standard.version.criterion]]
code = "llct"
label = "Lý luận chính trị"
require = "political_theory >= 'cao-cap'"
article = "Điều 4"
evidence = "press"
fixable_before = true

[[standard.version.criterion.exception]]
label = "người luân chuyển đến"
when = "rotated"
require = "political_theory >= 'trung-cap'"
article = "Điều 4 khoản 2"
evidence = "press"
""",
    "cases/village.toml": """
standard = "truong-thon"
document_case = [
  { document = "qd1-2010", from = 2010-01-01, to = 2020-01-01 },
  { document = "nd2-2020", from = 2020-01-01 },
]

[[parameter_case]]
parameter = "term_months"
on = 2015-01-01
value = 48
says = "Một nhiệm kỳ là bốn năm."

[[parameter_case]]
parameter = "term_months"
on = 2021-01-01
value = 60
""",
}
CASES = [
    ("qd1-2010", "tuoi", "{ titles_ever = [], age = 45 }", "yes"),
    ("qd1-2010", "tuoi", "{ titles_ever = [], age = 46 }", "no"),
    ("qd1-2010", "tuoi", "{ titles_ever = [], age = [45, 46] }", "unknown"),
    ("nd2-2020", "con-lai", "{ months_left = 60 }", "yes"),
    ("nd2-2020", "con-lai", "{ months_left = 59 }", "no"),
    ("nd2-2020", "con-lai", "{}", "unknown"),
    ("nd2-2020", "llct", "{ rotated = false, political_theory = 'cao-cap' }", "yes"),
    ("nd2-2020", "llct", "{ rotated = false, political_theory = 'trung-cap' }", "no"),
    ("nd2-2020", "llct", "{ rotated = true, political_theory = 'trung-cap' }", "yes"),
    ("nd2-2020", "llct", "{ rotated = true, political_theory = 'so-cap' }", "no"),
    ("nd2-2020", "llct", "{ political_theory = 'trung-cap' }", "unknown"),
]


def law_folder(root: Path) -> Path:
    """The folder written out; a test changes what it wants to see refused."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (root / "cases/village.toml").open("a", encoding="utf-8") as file:
        for version, criterion, gives, expect in CASES:
            file.write(f'\n[[case]]\nversion = "{version}"\ncriterion = "{criterion}"\ngives = {gives}\nexpect = "{expect}"\n')
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace one text of one file; it must be there once at least."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
