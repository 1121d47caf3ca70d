"""The questions every engine is asked: once as canbo's language, once as SQL, with equal answers."""

from datetime import date

# Women who are Party members, under 40, with a university degree or more.
FILTER = "sex == 'nu' and party_member and age < 40 and degree >= 'dai-hoc'"
# Columns of BM01 that need no more than the records of people: number → expression.
COLUMNS = {
    3: "sex == 'nu'",
    4: "party_member",
    5: "ethnic_minority",
    12: "degree == 'tien-si'",
    13: "degree == 'thac-si'",
    14: "degree == 'dai-hoc'",
    15: "degree == 'cao-dang'",
    16: "degree == 'trung-cap'",
    17: "degree == 'so-cap'",
    18: "political_theory == 'cu-nhan'",
    19: "political_theory == 'cao-cap'",
    20: "political_theory == 'trung-cap'",
    21: "political_theory == 'so-cap'",
    29: "state_management == 'chuyen-vien-cao-cap'",
    30: "state_management == 'chuyen-vien-chinh'",
    31: "state_management == 'chuyen-vien'",
    32: "age <= 30",
    33: "31 <= age <= 40",
    34: "41 <= age <= 50",
}
POPULATION = "staff_kind == 'cong-chuc'"
_SCALES = {
    "chuyen-mon": ("chua-qua", "so-cap", "trung-cap", "cao-dang", "dai-hoc", "chuyen-khoa-1", "chuyen-khoa-2", "thac-si", "tien-si"),
    "llct": ("chua-qua", "so-cap", "trung-cap", "cao-cap", "cu-nhan"),
    "qlnn": ("chua-qua", "can-su", "chuyen-vien", "chuyen-vien-chinh", "chuyen-vien-cao-cap"),
}


def filter_sql(on: date) -> str:
    """One number: how many people of the day are surely so."""
    return f"""{_people(on, ("chuyen-mon",))}
    SELECT count(*) FROM people p
    WHERE p.sex = 'nu' AND p.member = 1 AND p.birth_lo > '{_years_before(on, 40)}' AND {_at_least("chuyen-mon", "dai-hoc")}"""


def bm01_sql(on: date) -> str:
    """unit id, people, then the columns of COLUMNS in order, for each unit that has civil servants."""
    sums = ", ".join(f"sum(CASE WHEN {_column_sql(n, on)} THEN 1 ELSE 0 END)" for n in COLUMNS)
    return f"""{_people(on, tuple(_SCALES))}
    SELECT p.unit_id, count(*), {sums} FROM people p WHERE p.staff_kind = 'cong-chuc' GROUP BY p.unit_id ORDER BY p.unit_id"""


def _column_sql(number: int, on: date) -> str:
    simple = {
        3: "p.sex = 'nu'", 4: "p.member = 1", 5: "p.ethnicity <> '' AND p.ethnicity NOT IN ('kinh', 'nuoc-ngoai')",
        32: f"p.birth_lo > '{_years_before(on, 31)}'",
        33: f"p.birth_lo > '{_years_before(on, 41)}' AND p.birth_hi <= '{_years_before(on, 31)}'",
        34: f"p.birth_lo > '{_years_before(on, 51)}' AND p.birth_hi <= '{_years_before(on, 41)}'",
    }  # fmt: skip
    if number in simple:
        return simple[number]
    name, _, step = COLUMNS[number].partition(" == ")
    kind = {"degree": "chuyen-mon", "political_theory": "llct", "state_management": "qlnn"}[name]
    return _exactly(kind, step.strip("'"))


# --- the population with what is surely known of each person, in SQL both databases read


def _people(on: date, kinds: tuple[str, ...]) -> str:
    """CTEs `level` (one row per person and kind: highest sure step, highest open step) and `people`."""
    day = on.isoformat()
    joins = " ".join(f"LEFT JOIN level l{n} ON l{n}.person_id = d.id AND l{n}.kind = '{kind}'" for n, kind in enumerate(kinds))
    chosen = "".join(f", {_step(n)} AS {_short(kind)}" for n, kind in enumerate(kinds))
    asked = ", ".join(f"'{kind}'" for kind in kinds)
    member = f"{_hi('d.party_joined')} <= '{day}' OR (d.party_joined IS NULL AND {_hi('d.party_official')} <= '{day}')"
    return f"""WITH level AS (
      SELECT q.person_id, q.kind,
        max(CASE WHEN {_hi("q.obtained")} <= '{day}' THEN {_rank(kinds)} END) AS sure,
        max(CASE WHEN q.obtained IS NULL OR {_hi("q.obtained")} > '{day}' OR q.level = '' THEN coalesce({_rank(kinds)}, 99) END) AS open
      FROM qualification q WHERE q.kind IN ({asked}) AND (q.obtained IS NULL OR {_lo("q.obtained")} <= '{day}')
      GROUP BY q.person_id, q.kind
    ), people AS (
      SELECT d.id, d.sex, d.ethnicity, e.unit_id, e.staff_kind, {_lo("d.birth")} AS birth_lo, {_hi("d.birth")} AS birth_hi,
        CASE WHEN {member} THEN 1 ELSE 0 END AS member{chosen}
      FROM employment e JOIN person d ON d.id = e.person_id {joins}
      WHERE e.start <= '{day}' AND (e."end" IS NULL OR e."end" > '{day}') AND d.merged_into_id IS NULL
    )"""


def _step(n: int) -> str:
    """The highest step when nothing on paper might stand higher."""
    return f"CASE WHEN l{n}.open IS NULL OR l{n}.open <= l{n}.sure THEN l{n}.sure END"


def _rank(kinds: tuple[str, ...]) -> str:
    """The place of q.level on the scale of its kind; NULL for a level not placed."""
    whens = " ".join(
        f"WHEN q.kind = '{kind}' AND q.level = '{step}' THEN {place}" for kind in kinds for place, step in enumerate(_SCALES[kind])
    )
    return f"CASE {whens} END"


def _lo(column: str) -> str:
    """The first possible day; a text of ten characters is a day."""
    return f"CASE length({column}) WHEN 4 THEN {column} || '-01-01' WHEN 7 THEN {column} || '-01' ELSE {column} END"


def _hi(column: str) -> str:
    """The last possible day. Months end on 31 here: no comparison with a last day of June or the like depends on it."""
    return f"CASE length({column}) WHEN 4 THEN {column} || '-12-31' WHEN 7 THEN {column} || '-31' ELSE {column} END"


def _short(kind: str) -> str:
    return kind.replace("-", "_")


def _at_least(kind: str, step: str) -> str:
    return f"p.{_short(kind)} >= {_SCALES[kind].index(step)}"


def _exactly(kind: str, step: str) -> str:
    return f"p.{_short(kind)} = {_SCALES[kind].index(step)}"


def _years_before(on: date, years: int) -> str:
    """Who was born after this day has not reached so many years on `on`."""
    return on.replace(year=on.year - years).isoformat()
