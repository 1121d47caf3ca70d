"""Ballots on screen are secret by construction: every way to join a slip to a voter is tried, and leads nowhere."""

import json
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from canbo.audit.models import Act, Change, Read
from canbo.cases.changes import CaseRefused, Member
from canbo.cases.models import BallotCode, CaseMember, ScreenBallot
from canbo.cases.screen import cast, close_ballot, counted, may_split, open_ballot, slip_names
from canbo.kernel.actors import Actor, Scope
from tests.cases.world import AT, BOARD, Desk, appointment
from tests.dossier.world import person, unit
from tests.processes import environment, start_server

ON = date(2026, 9, 7)
VOTERS = 12


@pytest.fixture
def who(actor: Actor, scope: Scope) -> dict[str, Any]:
    return {"actor": actor, "scope": scope, "at": AT}


@pytest.fixture
def desk(db: None, who: dict[str, Any]) -> Desk:
    """A case at its first vote, twelve people in the room."""
    home = unit("A")
    people = [person(f"Lò Văn An {n}", home).pk for n in range(3)]
    found = Desk(appointment(home.pk, people, ON, who), who)
    found.take("b1", "convene", ON, called=in_the_room(), convened=VOTERS, present=VOTERS, members=VOTERS)
    return found


def in_the_room() -> list[Member]:
    """Everybody called, by name: whoever holds the tables knows who could have voted."""
    return [Member(f"Vàng Văn Bình {n}", "ủy viên") for n in range(VOTERS)]


def opened(desk: Desk, codes: int = VOTERS, decided_by: str = "Nghị quyết 5-NQ/ĐU ngày 01/9/2026") -> tuple[ScreenBallot, list[str]]:
    return open_ballot(pk=desk.case.pk, decided_by=decided_by, codes=codes, on=ON, **desk.who)


def test_votes_are_counted_as_cast_and_the_counting_board_signs_them(desk):
    ballot, codes = opened(desk)
    first, second, _ = desk.names.values()
    for number, code in enumerate(codes[:11]):
        cast(code=code.lower(), names=() if number == 10 else (first,) if number < 7 else (second,))
    paper = close_ballot(pk=ballot.pk, **desk.who)
    assert paper == {"issued": 12, "collected": 11, "valid": 10, "votes": {first: 7, second: 3}}
    assert counted(ScreenBallot.objects.get(pk=ballot.pk)) == paper
    _, again = opened(desk)
    desk.take("b1", "count", ON, board=BOARD, **paper)
    with pytest.raises(CaseRefused, match="đã kết thúc"):  # nobody votes once the board has written a count
        cast(code=again[0], names=(first,))
    state = desk.take("b1", "recount", ON, board=BOARD, **paper)
    assert state.names == (first,)


def test_only_with_the_decision_of_who_convenes_and_a_code_for_each_present(desk):
    with pytest.raises(CaseRefused, match="quyết định của nơi triệu tập"):
        opened(desk, decided_by=" ")
    with pytest.raises(CaseRefused, match=r"số người có mặt \(12\)"):
        opened(desk, codes=13)
    opened(desk)
    with pytest.raises(CaseRefused, match="đang có một lần bỏ phiếu"):
        opened(desk)


def test_code_is_good_once_and_only_for_names_of_the_list(desk):
    ballot, codes = opened(desk)
    first, second, third = desk.names.values()
    for wrong, said in (((first, second), "tối đa 1"), ((first + 999,), "không thuộc danh sách")):
        with pytest.raises(CaseRefused, match=said):
            cast(code=codes[0], names=wrong)
    assert slip_names(code=codes[0])[1:] == ((first, second, third), 1)
    cast(code=codes[0], names=(third,))
    with pytest.raises(CaseRefused, match="đã được dùng"):
        cast(code=codes[0], names=(first,))
    with pytest.raises(CaseRefused, match="Không có mã này"):
        cast(code="ABCD" * 3, names=(first,))
    with pytest.raises(CaseRefused, match="dưới 10 phiếu"):  # one slip counted alone would be hers
        close_ballot(pk=ballot.pk, **desk.who)
    with pytest.raises(CaseRefused, match="đã đóng"):
        cast(code=codes[1], names=(first,))
    with pytest.raises(CaseRefused, match="1/12"):
        counted(ScreenBallot.objects.get(pk=ballot.pk))


def test_no_tally_of_a_group_under_ten():
    assert [n for n in range(1, 15) if may_split(n)] == [10, 11, 12, 13, 14]


# --- ways to find out who voted how


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_tables_hold_nothing_that_joins_a_slip_to_a_voter(desk):
    """By column: codes know no person and no time, members no code; the urn is one text. By act, by read log: none is written."""
    assert columns("ballot_code") == {"digest", "ballot_id", "used"}
    assert columns("case_member") == {
        "id", "case_id", "entry", "person_id", "name", "capacity", "present", "excused", "votes",
    }  # fmt: skip
    ballot, codes = opened(desk)
    room = list(CaseMember.objects.order_by("pk").values())
    acts, changes, reads = Act.objects.count(), Change.objects.count(), Read.objects.count()
    for code in codes:
        cast(code=code, names=(next(iter(desk.names.values())),))
    assert (Act.objects.count(), Change.objects.count(), Read.objects.count()) == (acts, changes, reads)
    assert len(room) == VOTERS and list(CaseMember.objects.order_by("pk").values()) == room
    assert ScreenBallot.objects.filter(pk=ballot.pk).count() == 1


def test_order_of_rows_says_nothing(desk):
    """By rowid or xmin: codes lie in the order of their digests, however they were printed, handed out and used."""
    _, codes = opened(desk)
    place = "ctid::text" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT digest FROM ballot_code ORDER BY {place}")
        digests = [row[0] for row in cursor.fetchall()]
    if connection.vendor == "sqlite":
        assert digests == sorted(digests)
    else:
        cursor_rows = list(BallotCode.objects.values_list("digest", flat=True))
        assert set(cursor_rows) == set(digests)
        with connection.cursor() as again:
            again.execute("SELECT count(DISTINCT xmin::text) FROM ballot_code WHERE NOT used")
            assert again.fetchone()[0] == 1
    assert len(set(digests)) == len(codes) and not any(code in digest for code in codes for digest in digests)


def test_slips_lie_sorted_in_an_urn_of_one_length(desk):
    """By the text of the urn: its length never changes, no two copies share a beginning, and opened it is sorted."""
    ballot, codes = opened(desk)
    names = list(desk.names.values())
    seen = [ScreenBallot.objects.get(pk=ballot.pk).urn]
    for number, code in enumerate(codes):
        cast(code=code, names=(names[-1 - number % 3],))
        seen.append(ScreenBallot.objects.get(pk=ballot.pk).urn)
    assert len({len(urn) for urn in seen}) == 1
    assert len({urn[:20] for urn in seen}) == len(seen)
    assert counted(ScreenBallot.objects.get(pk=ballot.pk))["votes"] == dict.fromkeys(names, 4)


SCRIPT = """
import json, shutil, sqlite3, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection
sys.path.insert(0, sys.argv[1])
from canbo.access.queries import LOCAL_ACCESS
from canbo.cases.models import ScreenBallot
from canbo.cases.screen import cast, open_ballot
from tests.cases.test_screen import ON, VOTERS, in_the_room
from tests.cases.world import AT, Desk, appointment
from tests.dossier.world import person, unit
who = {"actor": LOCAL_ACCESS.actor, "scope": LOCAL_ACCESS.scope, "at": AT}
home = unit("A")
people = [person(f"Lò Văn An {n}", home).pk for n in range(3)]
desk = Desk(appointment(home.pk, people, ON, who), who)
desk.take("b1", "convene", ON, called=in_the_room(), convened=VOTERS, present=VOTERS, members=VOTERS)
ballot, codes = open_ballot(pk=desk.case.pk, decided_by="Nghị quyết 5", codes=VOTERS, on=ON, **who)
names, out = list(desk.names.values()), Path(sys.argv[2])
cast_as = []
for number, code in enumerate(codes[1:]):
    name = names[number % 3]
    cast(code=code, names=(name,))
    cast_as.append([code, name])
    copy = sqlite3.connect(out / f"backup-{number}.sqlite3")
    source = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    source.backup(copy)
    copy.close(); source.close()
for wal in Path(settings.DATABASES["default"]["NAME"]).parent.glob("*.sqlite3-wal"):
    shutil.copy(wal, out / "wal")
shutil.copy(settings.DATABASES["default"]["NAME"], out / "database")
(out / "cast.json").write_text(json.dumps({"cast": cast_as, "ballot": ballot.pk, "left": codes[0], "name": names[0]}))
"""


@pytest.mark.slow
@pytest.mark.once
def test_journal_and_backups_taken_during_voting_do_not_show_a_slip(tmp_path: Path):
    """By the WAL and by a backup after every slip: codes used one by one, an urn that is another text of one length each time."""
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    root = Path(__file__).resolve().parents[2]
    made = environment(data, DJANGO_SETTINGS_MODULE="canbo.settings", PYTHONPATH=str(root))
    subprocess.run([sys.executable, "-m", "canbo.cli", "user", "list"], env=made, cwd=root, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", SCRIPT, str(root), str(out)], env=made, cwd=root, check=True, capture_output=True, timeout=120)
    told = json.loads((out / "cast.json").read_text())
    urns, used = [], []
    for number in range(VOTERS - 1):
        with sqlite3.connect(out / f"backup-{number}.sqlite3") as copy:
            urns.append(copy.execute("SELECT urn FROM screen_ballot").fetchone()[0])
            used.append({row[0] for row in copy.execute("SELECT digest FROM ballot_code WHERE used")})
    assert [len(one) for one in used] == list(range(1, VOTERS))
    assert len({len(urn) for urn in urns}) == 1 and len({urn[:20] for urn in urns}) == VOTERS - 1
    raw = b"".join((out / name).read_bytes() for name in ("wal", "database") if (out / name).exists())
    assert raw and not any(code.encode() in raw for code, _ in told["cast"])
    assert not any(f"[[{name}]".encode() in raw or f"[{name}],[".encode() in raw for _, name in told["cast"])
    _vote_at_a_server(data, told["left"], told["name"])


def _vote_at_a_server(data: Path, code: str, name: int) -> None:
    """By the log of a real server: the last slip, a code used twice, a wrong one and a page that is not there."""
    server = start_server(data, "--no-jobs")
    try:
        asked = [{"ma": code, "viec": "ma"}, {"ma": code, "viec": "bo", "ten": name}, {"ma": code, "viec": "bo", "ten": name}, {"ma": "x"}]
        answers = [_posted(f"{server.url}/phieu/", form) for form in asked]
        assert _posted(f"{server.url}/khong-co/", {}).status == 404
    finally:
        server.stop()
    assert [answer.status for answer in answers] == [200, 200, 400, 400] and all(a.headers["Set-Cookie"] is None for a in answers)
    log = server.log.read_text()
    assert "/khong-co/" in log and "phieu" not in log and code not in log  # other pages are told of, this one is not
    with sqlite3.connect(data / "canbo.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM django_session").fetchone()[0] == 0
        assert [row[0] for row in database.execute("SELECT used FROM ballot_code")] == [1] * VOTERS


def _posted(url: str, form: dict[str, object]) -> Any:
    try:
        return urllib.request.urlopen(url, urllib.parse.urlencode(form).encode(), timeout=30)
    except urllib.error.HTTPError as refused:
        return refused
