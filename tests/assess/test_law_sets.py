"""The law in service while its files are being edited: the last good set serves, in this process and in one that starts meanwhile."""

import io
import random
import shutil
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from canbo.access.queries import LOCAL_ACCESS
from canbo.assess import law_sets
from canbo.assess.law_keeping import LawCopies
from canbo.assess.law_sets import CENTRAL, Law, LawHolder, law_in_force
from canbo.cli.context import Context
from canbo.dossier.models import Employment, Person
from canbo.engine.law.loader import law_files, load_laws
from canbo.engine.law.problems import LawRefused
from canbo.organization.models import Unit
from tests.engine.law.folder import TITLES, VOCABULARY, law_folder

ON = date(2026, 6, 1)
STANDARDS = "standards/dia-phuong.toml"
FILES = {
    "overlay.toml": 'code = "tinh-a"\nlabel = "Tỉnh A"\nunits = ["tinh-a"]\n',
    "documents.toml": '[[document]]\nkey = "qd9"\nnumber = "9/2026"\nkind = "Quyết định"\nissuer = "Tỉnh A"\nregime = "party"\n'
    'title = "Tiêu chuẩn"\nfrom = 2026-01-01\nevidence = "local"\n',
    STANDARDS: '[[standard]]\ncode = "chuan-a"\nlabel = "Chuẩn riêng của tỉnh A"\ntitles = ["bi-thu-xa"]\nregime = "party"\n'
    'purpose = "local"\n\n'
    '[[standard.version]]\ncode = "qd9"\nfrom = 2026-01-01\ndocument = "qd9"\n\n[[standard.version.criterion]]\ncode = "tuoi"\n'
    'label = "Dưới 50 tuổi"\nrequire = "age < 50"\narticle = "Điều 1"\nevidence = "local"\n',
    "cases/dia-phuong.toml": 'standard = "chuan-a"\n'
    + "".join(
        f'[[case]]\nversion = "qd9"\ncriterion = "tuoi"\ngives = {gives}\nexpect = "{expect}"\n'
        for gives, expect in (("{ age = 49 }", "yes"), ("{ age = 50 }", "no"), ("{}", "unknown"))
    ),
}


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A folder of local law, sound."""
    root = tmp_path / "laws" / "tinh-a"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def _central_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The cases of the shipped law take half a second, and every test here reads it."""
    read = law_sets.read_laws
    monkeypatch.setattr(law_sets, "read_laws", lambda paths: read(paths, run_cases=False))
    yield


def cut(path: Path) -> str:
    """Half-written: the file ends in the middle of a line."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("Dưới") + 2], encoding="utf-8")
    return text


def criterion(law: Law) -> str:
    (version,) = law.local[0].standards["chuan-a"].versions
    return version.criteria[0].require


def test_half_written_file_leaves_the_last_good_law_in_service(local: Path, tmp_path: Path) -> None:
    holder, copies = LawHolder(), LawCopies(tmp_path / "kept")
    before = holder.current(folders=[local], copies=copies)
    whole = cut(local / STANDARDS)
    during = holder.current(folders=[local], copies=copies)
    assert (criterion(during), during.central, during.local) == ("age < 50", before.central, before.local)
    (notice,) = during.problems
    assert str(notice).startswith(f"thư mục “tinh-a”: {STANDARDS}: không đọc được tệp, dừng giữa chừng ở dòng 15; hãy sửa chỗ này")
    assert "đang dùng bản tốt gần nhất từ " in str(notice)
    (local / STANDARDS).write_text(whole.replace("age < 50", "age < 49").replace("Dưới 50", "Dưới 49"), encoding="utf-8")
    cases = local / "cases/dia-phuong.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace("49", "48"), encoding="utf-8")
    after = holder.current(folders=[local], copies=copies)
    assert (criterion(after), after.problems) == ("age < 49", ())
    assert len(list((tmp_path / "kept").iterdir())) == 2, "một bản cho mỗi thư mục"


def test_process_that_starts_meanwhile_takes_the_copy_kept(local: Path, tmp_path: Path) -> None:
    """Every command is a process of its own: without the copy it would judge by the central law and say nothing."""
    copies = LawCopies(tmp_path / "kept")
    before = LawHolder().current(folders=[local], copies=copies)
    cut(local / STANDARDS)
    during = LawHolder().current(folders=[local], copies=copies)
    assert (criterion(during), len(during.problems)) == ("age < 50", 1)
    assert [law.overlays for law in during.local] == [law.overlays for law in before.local]
    bare = LawHolder().current(folders=[local])
    assert (bare.local, "chưa có bản tốt nào" in str(bare.problems[0])) == ((), True)


def test_shipped_folder_cut_in_the_middle_is_served_from_its_copy(local: Path, tmp_path: Path) -> None:
    central, copies = tmp_path / "trung-uong", LawCopies(tmp_path / "kept")
    for path in law_files(CENTRAL):
        (central / path.relative_to(CENTRAL)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, central / path.relative_to(CENTRAL))
    asked: dict[str, Any] = {"folders": [local], "copies": copies, "central": central}
    before = LawHolder().current(**asked)
    documents = central / "documents.toml"
    documents.write_text(documents.read_text(encoding="utf-8")[:3000], encoding="utf-8")
    during = LawHolder().current(**asked)
    assert (during.central, criterion(during)) == (before.central, "age < 50")
    assert [notice.folder for notice in during.problems] == ["trung-uong"]
    with pytest.raises(LawRefused, match=r"documents\.toml"):
        LawHolder().current(folders=[], central=central)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("bi-thu-xa", "bi-thu-xaa", "chức danh “bi-thu-xaa” không có trong danh mục chức danh. Có phải “bi-thu-xa”?"),
        ("age < 50", "agee < 50", "age"),
        ("severity", "severity", ""),
    ],
)
def test_typo_and_vanished_title_are_one_sentence_each(local: Path, old: str, new: str, words: str) -> None:
    path = local / STANDARDS
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    law = LawHolder().current(folders=[local])
    assert [words in str(notice) for notice in law.problems] == ([True] if old != new else [])


def test_file_cut_anywhere_is_refused_in_words_or_is_whole(tmp_path: Path) -> None:
    """Never another exception, whatever was written so far."""
    root = law_folder(tmp_path / "law")
    dice = random.Random(5)
    for path in law_files(root):
        content = path.read_bytes()
        for _ in range(25):
            path.write_bytes(content[: dice.randrange(len(content))])
            try:
                load_laws([root], vocabulary=VOCABULARY, titles=TITLES)
            except LawRefused as error:
                assert all(problem.text and "Error" not in problem.text for problem in error.problems)
        path.write_bytes(content)


# --- where people see it


def test_command_says_what_is_wrong_and_works_on(local: Path, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from canbo.cli import assess as command

    monkeypatch.setattr(law_sets, "HOLDER", LawHolder())
    an = Person.objects.create(full_name="Nguyễn Văn An", birth="1980-05-10", sex="nam")
    Employment.objects.create(person=an, unit=Unit.objects.create(code="XA1", name="Xã Một", level="xa"), start="2005")
    settings.LAWS_DIR, settings.DATA_DIR = local.parent, local.parent.parent
    law_in_force(settings.LAWS_DIR)
    cut(local / STANDARDS)
    monkeypatch.setattr(law_sets, "HOLDER", LawHolder())
    ctx = Context(
        actor=LOCAL_ACCESS.actor, scope=LOCAL_ACCESS.scope, at=timezone.now(), today=ON,
        out=io.StringIO(), err=io.StringIO(),
    )  # fmt: skip
    args = {"title": "bi-thu-xa", "on": "2026-06-01", "unit": "", "where": "", "purpose": "local", "overlay": "tinh-a"}
    more = {"format": "json", "json": True, "out": None, "save": False, "law": None, "compare": None}
    assert command.run(Namespace(**args, **more), ctx) == 0
    assert STANDARDS in ctx.err.getvalue()
    assert '"chuan-a"' in ctx.out.getvalue()
