"""A law folder is refused with file, place and one sentence for everything that is wrong with it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from canbo.engine.law.loader import load_laws
from canbo.engine.law.mutate import moves
from canbo.engine.law.problems import LawRefused
from tests.engine.law.folder import TITLES, VOCABULARY, change, law_folder

STANDARDS, CASES = "standards/village.toml", "cases/village.toml"


def problems(root: Path) -> list[str]:
    with pytest.raises(LawRefused) as refused:
        load_laws([root], vocabulary=VOCABULARY, titles=TITLES)
    return [str(problem) for problem in refused.value.problems]


def test_sound_folder_is_loaded_with_its_versions(tmp_path: Path) -> None:
    laws = load_laws([law_folder(tmp_path)], vocabulary=VOCABULARY, titles=TITLES)
    standard, term = laws.standards["truong-thon"], laws.parameters["term_months"]
    assert [standard.on(day) and standard.on(day).code for day in (date(2009, 12, 31), date(2019, 12, 31), date(2020, 1, 1))] == [
        None, "qd1-2010", "nd2-2020",
    ]  # fmt: skip
    assert [term.on(day).value for day in (date(2019, 12, 31), date(2020, 1, 1))] == [48, 60]


def test_hash_is_the_same_for_the_same_files_and_changes_with_them(tmp_path: Path) -> None:
    first, second = law_folder(tmp_path / "a"), law_folder(tmp_path / "b")
    assert load_laws([first], vocabulary=VOCABULARY) == load_laws([second], vocabulary=VOCABULARY)
    change(second, STANDARDS, "Tiêu chuẩn trưởng thôn", "Tiêu chuẩn của trưởng thôn")
    assert load_laws([first], vocabulary=VOCABULARY) != load_laws([second], vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        (STANDARDS, 'article = "Điều 3"\n', "", "criterion[tuoi]", "chưa dẫn điều, khoản"),
        (STANDARDS, 'document = "qd1-2010"\n', "", "version[qd1-2010]", "document"),
        (STANDARDS, 'evidence = "text"\n', "", "criterion[tuoi]", "mức căn cứ"),
        (STANDARDS, 'evidence = "text"', 'evidence = "texts"', "criterion[tuoi]", "Có phải “text”?"),
        (STANDARDS, "age <= 45", "ages <= 45", "criterion[tuoi]", "age"),
        (STANDARDS, "'cao-cap'", "'cao-caps'", "criterion[llct]", "cao-cap"),
        (STANDARDS, "term_months", "terms_months", "criterion[con-lai]", "term_months"),
        (STANDARDS, "fixable_before", "fixable_befor", "criterion[llct]", "Có phải “fixable_before”?"),
        (STANDARDS, "from = 2010-01-01\nto = 2020-01-01", "from = 2010-01-01\nto = 2020-01-02", "standard[truong-thon]", "01/01/2020"),
        (STANDARDS, 'titles = ["truong-thon"]', 'titles = ["truong-thong"]', "titles", "Có phải “truong-thon”?"),
        (STANDARDS, "from = 2010-01-01", "from = 2030-01-01", "version[qd1-2010]", "phải sau ngày"),
        ("documents.toml", "from = 2010-01-01", "from = 2011-01-01", "standard[truong-thon].version[qd1-2010]", "Quyết định 1/2010/QĐ"),
        ("documents.toml", "to = 2020-01-01", "to = 2019-12-31", "parameter[term_months]", "31/12/2019"),
        ("documents.toml", 'replaced_by = "nd2-2020"', 'replaced_by = "nd2-2021"', "document[qd1-2010]", "Có phải “nd2-2020”?"),
        ("documents.toml", 'key = "nd2-2020"', 'key = "qd1-2010"', "document[qd1-2010]", "hai lần"),
        ("parameters/terms.toml", 'evidence = "press"\n', "", "parameter[term_months]", "mức căn cứ"),
        ("parameters/terms.toml", "value = 48\n", "", "value", "value"),
        ("parameters/terms.toml", "from = 2020-01-01", "from = 2021-01-01", "criterion[con-lai]", "term_months"),
        (CASES, "age = 45", "age = 46", "case[1]", "Lần đầu không quá 45 tuổi"),
        (CASES, "months_left = 60", "month_left = 60", "case[4]", "Có phải “months_left”?"),
        (CASES, 'criterion = "llct"', 'criterion = "lct"', "case[7]", "Có phải “llct”?"),
        (CASES, 'expect = "no"', 'expect = "none"', "case[2]", "none"),
        (CASES, "value = 48", "value = 47", "parameter_case[1]", "Một nhiệm kỳ"),
    ],
)
def test_fault_is_named_with_its_place(tmp_path: Path, file: str, old: str, new: str, place: str, words: str) -> None:
    change(law_folder(tmp_path), file, old, new)
    assert [text for text in problems(tmp_path) if place in text and words in text], problems(tmp_path)


def test_half_written_file_is_one_sentence(tmp_path: Path) -> None:
    law_folder(tmp_path)
    path = tmp_path / STANDARDS
    path.write_text(path.read_text(encoding="utf-8")[:700], encoding="utf-8")
    found = problems(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"{STANDARDS}: không đọc được tệp")


def test_vanished_folder_is_one_sentence(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == ["nowhere: không có thư mục này; hãy kiểm tra CANBO_LAWS."]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    law_folder(tmp_path)
    change(tmp_path, STANDARDS, 'article = "Điều 3"\n', "")
    change(tmp_path, STANDARDS, 'article = "Điều 4"\n', "")
    assert len(problems(tmp_path)) == 2


def test_criterion_without_all_three_cases_is_refused(tmp_path: Path) -> None:
    law_folder(tmp_path)
    path = tmp_path / CASES
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[[case]]\nversion = \"nd2-2020\"\ncriterion = \"llct\"")], encoding="utf-8")
    assert [p for p in problems(tmp_path) if "criterion[llct]" in p and 'expect = "yes"' in p and 'expect = "unknown"' in p]


def test_memory_needs_no_cases_and_decides_nothing(tmp_path: Path) -> None:
    law_folder(tmp_path)
    change(tmp_path, STANDARDS, 'label = "Còn đủ một nhiệm kỳ"', 'label = "Còn đủ một nhiệm kỳ"\nseverity = "warn"')
    path = tmp_path / STANDARDS
    extra = '\n[[standard.version.criterion]]\ncode = "nho"\nlabel = "Nhớ lại"\nrequire = "age < 40"\narticle = "?"\nevidence = "memory"\n'
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    laws = load_laws([tmp_path], vocabulary=VOCABULARY, titles=TITLES)
    assert [c.active for c in laws.standards["truong-thon"].versions[1].criteria] == [True, True, False]


def test_every_threshold_moved_is_noticed(tmp_path: Path) -> None:
    laws = load_laws([law_folder(tmp_path)], vocabulary=VOCABULARY, titles=TITLES)
    found = list(moves(laws, vocabulary=VOCABULARY))
    assert len(found) == 12
    assert [move for move in found if not move.noticed] == []


def test_threshold_without_a_case_at_its_edge_survives(tmp_path: Path) -> None:
    change(law_folder(tmp_path), CASES, "age = 46 }", "age = 60 }")
    change(tmp_path, CASES, "age = [45, 46]", "age = [45, 60]")
    laws = load_laws([tmp_path], vocabulary=VOCABULARY, titles=TITLES)
    assert [(m.before, m.after) for m in moves(laws, vocabulary=VOCABULARY) if not m.noticed] == [("45", "46")]


# --- local law

LOCAL = {
    "overlay.toml": 'code = "tinh-a"\nlabel = "Tỉnh A"\nunits = ["tinh-a"]\nexample = true\n',
    "documents.toml": '[[document]]\nkey = "qd9-2021"\nnumber = "9/2021"\nkind = "Quyết định"\nissuer = "UBND tỉnh A"\nregime = "state"\n'
    'title = "Tiêu chuẩn"\nfrom = 2021-01-01\nevidence = "local"\n',
    "standards/village.toml": '[[standard]]\ncode = "truong-thon"\nlabel = "Tiêu chuẩn trưởng thôn"\nregime = "state"\n'
    '[[standard.version]]\ncode = "qd9-2021"\nfrom = 2021-01-01\ndocument = "qd9-2021"\n'
    '[[standard.version.criterion]]\ncode = "tuoi"\nlabel = "Dưới 50"\nrequire = "age < 50"\narticle = "Điều 1"\nevidence = "local"\n',
    "cases/village.toml": 'standard = "truong-thon"\n'
    + "".join(
        f'[[case]]\nversion = "qd9-2021"\ncriterion = "tuoi"\ngives = {gives}\nexpect = "{expect}"\n'
        for gives, expect in (("{ age = 49 }", "yes"), ("{ age = 50 }", "no"), ("{}", "unknown"))
    ),
}


def local_folder(root: Path) -> Path:
    for name, text in LOCAL.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_local_version_wins_from_its_day_where_the_centre_allows(tmp_path: Path) -> None:
    paths = [law_folder(tmp_path / "central"), local_folder(tmp_path / "local")]
    standard = load_laws(paths, vocabulary=VOCABULARY, titles=TITLES).standards["truong-thon"]
    assert [standard.on(date(year, 6, 1)).code for year in (2019, 2020, 2021)] == ["qd1-2010", "nd2-2020", "qd9-2021"]


def test_local_version_is_refused_where_the_centre_leaves_no_room(tmp_path: Path) -> None:
    central, local = law_folder(tmp_path / "central"), local_folder(tmp_path / "local")
    change(central, STANDARDS, "local_may = true", "local_may = false")
    with pytest.raises(LawRefused, match="không để địa phương quy định khác"):
        load_laws([central, local], vocabulary=VOCABULARY, titles=TITLES)


def test_local_folder_without_overlay_file_is_refused(tmp_path: Path) -> None:
    central, local = law_folder(tmp_path / "central"), local_folder(tmp_path / "local")
    (local / "overlay.toml").unlink()
    with pytest.raises(LawRefused, match=r"overlay\.toml"):
        load_laws([central, local], vocabulary=VOCABULARY, titles=TITLES)


def test_decree_is_replaced_by_files_alone(tmp_path: Path) -> None:
    """What docs/writing-laws.md tells a jurist to do."""
    root = law_folder(tmp_path / "law")
    shutil.copytree(root, tmp_path / "copy")
    change(root, "documents.toml", 'from = 2020-01-01\nevidence = "press"', 'from = 2020-01-01\nto = 2026-01-01\nevidence = "press"')
    assert [p for p in problems(root) if "version[nd2-2020]" in p]
