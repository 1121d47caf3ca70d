"""The command line as its users meet it: processes, exit codes, one sentence when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from canbo.cli.main import COMMANDS, overview
from tests.processes import ROOT, command, copied, environment, spent


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, migrated_data: Path) -> Path:
    """A data folder that a first command made."""
    folder = copied(migrated_data, tmp_path_factory.mktemp("data"))
    done = command(folder, "check", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"ok": True, "acts": 0, "problems": []})
    return folder


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The error of a failed command, which must be the only thing it printed."""
    assert done.returncode == 1 and done.stdout == "", (done.returncode, done.stdout)
    (line,) = done.stderr.splitlines()
    assert "Traceback" not in line and line.strip()
    return line


def test_new_folder_is_made_and_migrated_without_demonstration(data: Path):
    assert (data / "canbo.sqlite3").exists()
    assert command(data, "user", "list", "--json").stdout == '{"users": []}\n'
    assert (data / "canbo.sqlite3").stat().st_mode & 0o077 == 0  # about people: for the owner alone


@pytest.mark.slow
def test_help_names_every_command_and_every_word_is_vietnamese(data: Path):
    shown = command(data, "--help").stdout
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    for name in ("check", "figures", "text", "user", "demo", "serve"):
        text = command(data, name, "--help").stdout
        assert text.startswith(f"Cách dùng: python3 run {name}")
        assert not [word for word in ("usage", "options:", "positional", "show this help") if word in text]


def test_help_is_read_without_importing_any_command():
    code = "import sys; from canbo.cli.main import overview; overview(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "False\n"
    assert "kiểm tra số liệu" in overview()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "có phải “check”?"),
        (["khong-co-gi-giong"], "các lệnh: import"),
        (["check", "--jsn"], "không hiểu “--jsn”"),
        (["figures"], "còn thiếu TỶ_LỆ"),
        (["figures", "2,37", "--of", "nhiều"], "--of phải là số nguyên"),
        (["figures", "2,37", "--of"], "--of cần một giá trị"),
        (["figures", "abc"], "Không đọc được “abc”"),
        (["text", "viet-hoa", "x"], "không có giá trị 'viet-hoa'"),
        (["text", "fold", "không-có.txt"], "Không tìm thấy tệp “không-có.txt”"),
        (["user", "grant", "an", "thong-ke", "--on", "31/02/2025"], "31/02/2025"),
        (["user", "grant", "an", "thong-ke", "--on", "2025"], "chưa đủ ngày, tháng, năm"),
        (["user", "grant", "an", "thong-ke"], "Không có tài khoản “an”"),
        (["--as", "an", "check"], "Không có tài khoản “an”"),
        (["check", "--as", "an"], "Không có tài khoản “an”"),
        (["serve", "--port", "99999"], "Cổng 99999 không hợp lệ"),
    ],
)
def test_wrong_command_gets_one_sentence_and_prints_nothing_else(data: Path, arguments: list[str], words: str):
    assert words in one_sentence(command(data, *arguments))


def test_accounts_are_made_given_roles_and_act_within_them(data: Path):
    assert command(data, "user", "create", "chi", "--name", "Chi", stdin="mat-khau-rat-dai-1\n").returncode == 0
    assert command(data, "user", "grant", "chi", "thong-ke", "--on", "01/01/2025").returncode == 0
    (chi,) = json.loads(command(data, "user", "list", "--json").stdout)["users"]
    assert chi == {"username": "chi", "name": "Chi", "active": True, "grants": [{"role": "thong-ke", "unit": None}]}
    assert "chưa được giao quyền" in one_sentence(command(data, "check", "--as", "chi"))
    assert command(data, "user", "end", "chi", "thong-ke").returncode == 0
    (chi,) = json.loads(command(data, "user", "list", "--json").stdout)["users"]
    assert chi["grants"] == []
    assert json.loads(command(data, "check", "--json").stdout) == {"ok": True, "acts": 3, "problems": []}


@pytest.mark.slow
def test_weak_password_and_unknown_role_are_refused(data: Path):
    assert "10" in one_sentence(command(data, "user", "create", "dung", stdin="ngan\n"))
    command(data, "user", "create", "dung", stdin="mat-khau-rat-dai-2\n")
    assert "Không có vai trò “giam-doc”" in one_sentence(command(data, "user", "grant", "dung", "giam-doc"))


@pytest.mark.slow
def test_changed_log_is_found_and_named(fresh_data: Path):
    import sqlite3

    command(fresh_data, "user", "create", "an", stdin="mat-khau-rat-dai-3\n")
    with sqlite3.connect(fresh_data / "canbo.sqlite3") as connection:
        connection.execute("DROP TRIGGER act_no_update")
        connection.execute("UPDATE act SET user = 7")
    done = command(fresh_data, "check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"] == ["Việc số 1 trong nhật ký đã bị sửa ngoài chương trình."]


def test_text_reads_a_file_line_by_line(data: Path):
    names = "Trần Văn Bình\nNguyễn Thị An\nĐỗ Chi\n"
    assert command(data, "text", "sort", "-", stdin=names).stdout == "Nguyễn Thị An\nTrần Văn Bình\nĐỗ Chi\n"
    folded = json.loads(command(data, "text", "fold", "-", "--json", stdin="Đỗ Thị Hoà\n").stdout)
    assert folded == {"rows": [{"text": "Đỗ Thị Hoà", "value": "do thi hoa"}]}
    (row,) = json.loads(command(data, "text", "ethnicity", "-", "--json", stdin="H'mông\n").stdout)["rows"]
    assert (row["code"], row["label"]) == ("mong", "Mông")
    (row,) = json.loads(command(data, "text", "place", "-", "--json", stdin="Hà Tây\n").stdout)["rows"]
    assert row["now"]["map"] == "after"


@pytest.mark.slow
def test_text_decodes_a_file_in_an_old_encoding(data: Path, tmp_path: Path):
    old = tmp_path / "cu.txt"
    old.write_bytes("NguyÔn V¨n B×nh\nTrÇn ThÞ Ph­îng\n".encode("latin-1"))
    found = json.loads(command(data, "text", "decode", str(old), "--json").stdout)
    assert found["encoding"] == "tcvn3"
    assert [row["value"] for row in found["rows"]] == ["Nguyễn Văn Bình", "Trần Thị Phượng"]


@pytest.mark.slow
def test_locked_database_says_so_and_writes_nothing(data: Path):
    import sqlite3

    impatient = {"CANBO_LOCK_SECONDS": "1"}  # half a minute for users
    with sqlite3.connect(data / "canbo.sqlite3", isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        done = command(data, "user", "create", "binh", stdin="mat-khau-rat-dai-4\n", variables=impatient)
        connection.execute("ROLLBACK")
    assert "đang bận vì một việc ghi khác" in one_sentence(done)
    assert command(data, "user", "create", "binh", stdin="mat-khau-rat-dai-4\n").returncode == 0


@pytest.mark.slow
def test_damaged_database_file_is_named(fresh_data: Path):
    (fresh_data / "canbo.sqlite3").write_bytes(b"kh\xc3\xb4ng ph\xe1\xba\xa3i c\xc6\xa1 s\xe1\xbb\x9f d\xe1\xbb\xaf li\xe1\xbb\x87u" * 50)
    assert "Tệp cơ sở dữ liệu bị hỏng" in one_sentence(command(fresh_data, "check"))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="cần giới hạn của POSIX")
def test_full_disk_says_so_and_the_old_data_stay(fresh_data: Path):
    import resource

    size = max(path.stat().st_size for path in fresh_data.iterdir() if path.is_file())

    def small() -> None:  # a file may not grow past what is there: what a full disk does to SQLite
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 8, size // 8))

    done = subprocess.run(
        [sys.executable, "-m", "canbo.cli", "demo"], env=environment(fresh_data), cwd=fresh_data, text=True,
        capture_output=True, preexec_fn=small, timeout=60,
    )  # fmt: skip
    assert "đầy" in one_sentence(done) and "dữ liệu cũ còn nguyên" in done.stderr
    assert json.loads(command(fresh_data, "check", "--json").stdout)["problems"] == []


@pytest.mark.slow
def test_unreachable_postgres_is_named(tmp_path: Path):
    nowhere = {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/none"}
    assert "Không kết nối được cơ sở dữ liệu" in one_sentence(command(tmp_path, "check", variables=nowhere))


@pytest.mark.slow
def test_unexpected_error_is_one_sentence_and_its_details_need_asking(data: Path, tmp_path: Path):
    broken = tmp_path / "sitecustomize.py"
    broken.write_text("import canbo.engine.figures as f\ndef no(*a, **k): raise ZeroDivisionError\nf.check_figures = no\n")
    path = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    assert "(ZeroDivisionError)" in one_sentence(command(data, "figures", "75", variables=path))
    assert "Traceback" in command(data, "figures", "75", variables=path | {"CANBO_DEBUG": "1"}).stderr


@pytest.mark.slow
def test_two_first_commands_at_once_make_one_folder(tmp_path: Path):
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "canbo.cli", "check"], env=environment(tmp_path), cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [(process.communicate(timeout=60), process.returncode)[1] for process in both] == [0, 0]
    assert command(tmp_path, "check").returncode == 0


def test_warm_command_is_quick(data: Path):
    with spent() as took:
        assert command(data, "user", "list", "--json").returncode == 0
    assert took.children < 1.5  # 0.7 s on an idle core
