"""Grades of two years side by side: shares, points, the names behind a number, the file of what is shown."""

import io
import re

import openpyxl

from canbo.dossier.models import Rating
from canbo.snapshot.holder import HOLDER
from tests.web.test_evaluation import BEST, FAIR, GOOD, Stage, text_of
from tests.web.world import World

YEARS = {"2020": [GOOD, FAIR, FAIR, FAIR, FAIR], "2024": [BEST, GOOD, GOOD, GOOD, FAIR, ""]}


def test_years_stand_side_by_side_and_every_number_opens_its_names(world: World) -> None:
    stage = Stage(world)
    for year, grades in YEARS.items():
        for person, grade in zip(stage.others, grades):
            Rating.objects.create(person_id=person, period=year, regime="cong-chuc", grade=grade)
    HOLDER.forget()
    asked = {"dv": str(stage.unit.pk), "nam": "2020, 2024"}
    page = text_of(stage.opener.get("/danh-gia/cac-nam/", asked))
    assert "1 (20%)" in page and "4 (80%)" in page and "tăng 60 điểm phần trăm" in page and "2024 so với 2020" in page
    assert "Xếp loại năm 2020 theo Nghị định 90/2020/NĐ-CP" in page and "<svg" in page
    for label, named in (("Hoàn thành xuất sắc nhiệm vụ", 1), ("Hoàn thành tốt nhiệm vụ trở lên", 4), ("Số người được xếp loại", 5)):
        said = "người được xếp loại" if named == 5 else f"{named} người"
        link = re.search(rf'href="([^"]+)" aria-label="({label}, n|N)ăm 2024: {said}"', page)
        assert link is not None and text_of(stage.opener.get(link[1])).count("Vàng Văn Bình") == named, label
    book = openpyxl.load_workbook(io.BytesIO(stage.opener.get("/danh-gia/cac-nam/bang.xlsx", asked).content)).active
    assert book is not None
    [better] = [row for row in book.values if row[1] == "Hoàn thành tốt nhiệm vụ trở lên"]
    assert better[2:] == ("1 (20%)", "4 (80%)", "tăng 60 điểm phần trăm")
    units = text_of(stage.opener.get("/danh-gia/cac-nam/", asked | {"dv": str(world.units["grant"].pk), "xem": "don-vi"}))
    assert "1/5 (20%)" in units and "4/5 (80%)" in units
    wrong = stage.opener.get("/danh-gia/cac-nam/", asked | {"nam": "hai năm"})
    assert wrong.status_code == 400 and 'value="hai năm"' in text_of(wrong)
    assert "4 (80%)" not in text_of(stage.stranger.get("/danh-gia/cac-nam/", {"nam": "2024"}))
