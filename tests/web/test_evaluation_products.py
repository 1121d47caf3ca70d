"""One person's month from products: tried, wrong rows told, kept; the unit's form and her own page show the same."""

from canbo.evaluation.models import TrackedMonth
from tests.evaluation.world import FULL
from tests.web.test_evaluation import Stage, text_of
from tests.web.world import World


def test_month_is_counted_from_products_and_the_unit_s_form_keeps_them(world: World) -> None:
    stage = Stage(world)
    stage.open()
    url, place = f"/danh-gia/theo-doi/{stage.me}/", {"dv": str(stage.unit.pk), "thang": "2026-11"}
    assert "Thử" not in text_of(stage.officer.get(url, place)) and "Ghi tháng 11/2026" in text_of(stage.officer.get(url, place))
    typed = {**place, "ten-0": "Dự thảo văn bản", "hs-0": "1", "giao-0": "20", "xong-0": "19", "them-0": "", "loi-0": "", "cham-0": "0"}
    typed |= {f"p-{stage.me}-{code}": text.replace(".", ",") for code, text in FULL.items()}
    wrong = stage.officer.post(url, typed | {"viec": "ghi", "xong-0": "21"})
    assert wrong.status_code == 400 and "phần phát sinh ghi vào cột bổ sung" in text_of(wrong) and 'value="21"' in text_of(wrong)
    assert 'value="hai"' in text_of(stage.officer.post(url, typed | {"viec": "thu", "loi-0": "hai"}))
    tried = text_of(stage.officer.post(url, typed | {"viec": "thu"}))
    assert "19 (đã làm, kể cả bổ sung) : 20 (được giao)" in tried and "Điểm của tháng: 96,5." in tried and "Điều 14 khoản 2" in tried
    assert not TrackedMonth.objects.filter(month="2026-11").exists()
    assert stage.officer.post(url, typed | {"viec": "ghi"}).status_code == 302
    kept = TrackedMonth.objects.get(month="2026-11", person=stage.me)
    assert (kept.ratios, len(kept.products), str(kept.score)) == (dict.fromkeys("abc", "19/20"), 1, "96.50")
    # The form of the whole unit shows the ratio and cannot overwrite it.
    months = "/danh-gia/theo-doi/"
    assert f'name="r-{stage.me}-a" value="95"' in text_of(stage.officer.get(months, place))
    again = {**place, **{name: text for name, text in typed.items() if name.startswith("p-")}}
    assert stage.officer.post(months, again | {f"r-{stage.me}-{code}": "50" for code in "abc"}).status_code == 302
    assert TrackedMonth.objects.get(pk=kept.pk).ratios == kept.ratios
    # Points taken over from the month before leave it as well.
    TrackedMonth.objects.create(person_id=stage.me, unit=stage.unit, month="2026-10", regime="cong-chuc", ratios={"a": "1/2"}, score=65)
    assert f'name="r-{stage.me}-a" value="95"' in text_of(stage.officer.get(months, place | {"nhu": "truoc"}))
    mine = text_of(stage.person.get(f"/tu-danh-gia/{stage.of(stage.me).pk}/"))
    assert "1 sản phẩm, công việc" in mine and "Dự thảo văn bản" in mine
    assert stage.boss.get(f"/danh-gia/theo-doi/{stage.world.people['o'].pk}/", place).status_code == 404
