"""`python3 run` on a machine without the libraries: made once, from hashes, or one sentence why not.

A small project of the same shape stands for ours: its one library is a wheel made here, so no network is needed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.slow
SHOW = "import sys, hello; print(hello.WORD, sys.argv[1:], sys.prefix)"


@dataclass
class Project:
    """A folder with `run`, requirements/ and a program that prints its library's word and its arguments."""

    root: Path

    def publish(self, word: str, *, lock_digest: str = "") -> None:
        """Put a wheel in the shelf and lock it, by its own hash or by another one."""
        version = f"1.{len(list(self.shelf.glob('*.whl')))}"
        wheel = self.shelf / f"hello-{version}-py3-none-any.whl"
        info = f"hello-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as out:
            out.writestr("hello.py", f"WORD = {word!r}\n")
            out.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: hello\nVersion: {version}\n")
            out.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            out.writestr(f"{info}/RECORD", "")
        digest = lock_digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.root / "requirements" / "run.txt").write_text(f"hello=={version} --hash=sha256:{digest}\n")

    @property
    def shelf(self) -> Path:
        return self.root.parent / "shelf"  # pip takes a blank in the variable for the end of a path

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        own |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.shelf)} | variables
        return subprocess.Popen(
            [sys.executable, str(self.root / "run"), *arguments], env=own, cwd=self.root.parent,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **variables)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err


def made_in(folder: Path) -> Project:
    root = folder / "dự án"  # a folder named as its users would name it
    for name in ("requirements", "canbo/cli", "../shelf"):
        (root / name).mkdir(parents=True)
    (root / "run").write_bytes((ROOT / "run").read_bytes())
    for name in ("environment.py", "run.in"):
        (root / "requirements" / name).write_bytes((ROOT / "requirements" / name).read_bytes())
    (root / "canbo" / "cli" / "__main__.py").write_text(SHOW + "\n")
    made = Project(root)
    made.publish("một")
    return made


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Nothing installed yet."""
    return made_in(tmp_path)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, tuple[int, str, str]]:
    """A project after its first start, and what that answered. To be copied: an installation takes seconds."""
    made = made_in(tmp_path_factory.mktemp("first"))
    return made, made.run("stats", "--where", "sex == 'nu'", "--on", "31/12/2025")


@pytest.fixture
def installed(first_start: tuple[Project, tuple[int, str, str]], tmp_path: Path) -> Project:
    shutil.copytree(first_start[0].root.parent, tmp_path, dirs_exist_ok=True, symlinks=True)
    return Project(tmp_path / "dự án")


def last_line(text: str) -> str:
    return text.splitlines()[-1]


def test_libraries_are_made_once_and_arguments_passed_on(first_start: tuple[Project, tuple[int, str, str]]):
    project, (code, out, err) = first_start
    assert (code, len(err.splitlines())) == (0, 1) and "lần đầu" in err
    assert out == f"một ['stats', '--where', \"sex == 'nu'\", '--on', '31/12/2025'] {project.root}/.venv\n"
    assert project.run("facts") == (0, f"một ['facts'] {project.root}/.venv\n", "")


def test_libraries_are_made_anew_when_the_lock_changes(installed: Project):
    installed.publish("hai")
    assert installed.run()[1].startswith("hai")


def test_interrupted_installation_does_not_pass_for_a_whole_one(installed: Project):
    (installed.root / ".venv" / "canbo-locks").unlink()
    code, out, err = installed.run()
    assert (code, out.split()[0], "lần đầu" in err) == (0, "một", True)


def test_failed_installation_is_one_sentence_and_two_next_starts_at_once_both_work(project: Project):
    nowhere = {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:1/", "PIP_RETRIES": "0"}
    code, out, err = project.run("facts", **nowhere)
    assert (code, out) == (1, "") and "không có mạng" in last_line(err)
    project.publish("giả", lock_digest="0" * 64)
    code, out, err = project.run("facts")
    assert (code, out) == (1, "") and "không khớp mã băm" in last_line(err)
    project.publish("ba")
    both = [project.start(word) for word in ("an", "bình")]
    results = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [out.split()[:2] for out, _ in results] == [["ba", "['an']"], ["ba", "['bình']"]]
    assert sum("lần đầu" in err for _, err in results) == 1


def test_old_python_is_one_sentence(project: Project):
    code = f"import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['run']; runpy.run_path({str(project.root / 'run')!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "cần Python 3.11 trở lên, máy này đang chạy Python 3.9.2" in done.stderr


def test_failing_command_keeps_its_exit_code(installed: Project):
    (installed.root / "canbo" / "cli" / "__main__.py").write_text("import sys; sys.exit(7)\n")
    assert installed.run("x")[0] == 7
