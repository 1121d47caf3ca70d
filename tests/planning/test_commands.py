"""The commands of a round in the example province: opened, followed, measured, reviewed, sources named, sent in."""

from datetime import date
from typing import Any

import pytest

from canbo.audit.models import Read
from canbo.cli import planning
from canbo.cli.context import CommandError
from canbo.dossier.models import Qualification
from canbo.kernel.actors import Actor, Scope
from canbo.planning.models import Round
from tests.planning.commands import told
from tests.planning.world import AT, NEXT, NOW, ON, World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEPUTY = "pho-chu-tich-ubnd-xa"


@pytest.fixture
def world(actor: Actor, scope: Scope) -> World:
    return World({"actor": actor, "scope": scope, "at": AT})


def run(world: World, *words: str) -> Any:
    return told(planning, *words, today=ON, who=world.who)


def opened(world: World, *more: str, term: str = NOW, kind: str = "current") -> dict[str, Any]:
    words = ("--name", "Rà soát 2026", "--titles", DEPUTY, "--term", term, "--kind", kind, "--deadline", "31/12/2026", "--bands", "40,45")
    found: dict[str, Any] = run(world, "open", "--unit", "tinh-19", *words, *(more or ("--units", "xa-1")))
    return found


def test_round_from_opening_to_sending(world):
    an, binh, old = world.official("Lò Thị An", sex="nu"), world.official("Vàng Văn Bình"), world.official("Mùa A Dũng", birth="1968-01-05")
    for one in (an, old):
        world.planned(one, term=NOW)
    made = opened(world, "--below", "tinh-19")
    assert made == {"round": made["round"], "units": 1, "slates": 1, "people": 2, "on": "2026-06-15", "age_on": "2026-06-15"}
    number = str(made["round"])
    [status] = run(world, "status", number)["rows"]
    assert (status["Mã"], status["Số người"], status["Tình trạng"]) == ("xa-1", 2, "đang làm")
    readings = {(one["rule"], one["part"]): one for one in run(world, "meter", number)["readings"]}
    women = readings["nu", None]
    assert (women["state"], women["have"], women["of"], [one["name"] for one in women["people"]]) == ("met", 1, 2, ["Lò Thị An"])
    assert readings["ba-do-tuoi", "từ 40 đến dưới 45 tuổi"]["state"] == "short" and "Điều 7 (ví dụ)" not in women["text"]
    review = run(world, "review", number)
    assert review["counts"] == {"keep": 1, "remove": 1, "attention": 0}
    [leaving] = [one for one in review["proposals"] if one["proposal"] == "remove"]
    assert (leaving["person"], leaving["unit"], leaving["title"]) == (old, "xa-1", DEPUTY)
    assert [r["source"] for r in leaving["reasons"] if r["verdict"] == "no" and r["severity"] == "block"] == [f"person:{old}"]
    assert run(world, "review", number, "--on", "2025-12-20")["proposals"][0]["on"] == "2025-12-20"
    assert Round.objects.get().on == ON  # looked at on another day, kept as it was
    [sources] = run(world, "propose", number, "--by", "political_theory,age")["slates"]
    assert [one["person"] for one in sources["candidates"]] == [binh]
    assert run(world, "submit", number, "xa-1") == {"round": made["round"], "unit": "xa-1", "sent_on": "2026-06-15"}
    assert run(world, "status")["rows"][0]["Số"] == made["round"]
    assert set(Read.objects.values_list("what", flat=True)) == {"planning.review", "planning.propose"}


def test_age_of_the_next_term_is_counted_at_its_beginning(world):
    assert opened(world, term=NEXT, kind="next")["age_on"] == "2031-01-01"
    assert opened(world, "--units", "xa-1", "--age-on", "01/3/2031", term=NEXT, kind="next")["age_on"] == date(2031, 3, 1).isoformat()


def test_smallest_correction_takes_out_who_may_not_stay_and_brings_in_who_fits(world):
    an = world.official("Lò Thị An", sex="nu", ethnicity="tay", birth="1993-05-10")
    Qualification.objects.filter(person=an, kind="chuyen-mon").update(field="cntt")
    binh = world.official("Vàng Văn Bình", birth="1984-02-03")
    chi, old = world.official("Hà Thị Chi", sex="nu", birth="1976-02-03"), world.official("Mùa A Dũng", birth="1968-01-05")
    world.official("Sùng A Giang")
    for one in (binh, old):
        world.planned(one, term=NOW)
    [unit] = run(world, "propose", str(opened(world)["round"]), "--solver")["units"]
    assert (unit["proven"], unit["missing"]) == (True, [])
    assert {change["added"] for change in unit["changes"]} - {None} == {an, chi}
    assert {change["removed"] for change in unit["changes"]} - {None} == {old}
    assert any("cán bộ trẻ" in change["why"] for change in unit["changes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status", "999"), "Không có đợt quy hoạch số 999"),
        (("open", "--unit", "khong-co", "--name", "x", "--titles", DEPUTY, "--term", NOW, "--deadline", "2026-12-31"), "mã “khong-co”"),
        (
            ("open", "--unit", "tinh-19", "--units", "xa-1", "--name", "x", "--titles", "khong-co", "--term", NOW,
             "--deadline", "2026-12-31"),
            "Không có chức danh “khong-co”",
        ),
        (
            ("open", "--unit", "tinh-19", "--units", "xa-1", "--name", "x", "--titles", DEPUTY, "--term", NOW, "--deadline", "2026-12-31",
             "--bands", "40"),
            "Ba độ tuổi cần hai mốc",
        ),
    ],
)  # fmt: skip
def test_wrong_words_are_one_sentence(world, words, said):
    with pytest.raises(CommandError, match=said):
        run(world, *words)
