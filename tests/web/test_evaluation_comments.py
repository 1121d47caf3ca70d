"""A colleague's comment: who may send it on whom, its author known to nobody, read through before it counts, told back to her."""

from canbo.audit.models import Act, Change
from canbo.evaluation.models import Campaign, CampaignUnit, Evaluation, OutsideComment
from tests.web.test_evaluation import GOOD, Stage, text_of
from tests.web.world import World

SAID = "Anh Bình trả hồ sơ đúng hẹn."


def opened(world: World) -> tuple[Stage, str]:
    """A campaign open on any day the test may run."""
    stage = Stage(world)
    home = stage.open()
    Campaign.objects.update(opened_on="2026-01-05")
    return stage, home


def test_comment_of_a_colleague_is_read_through_without_her_name(world: World) -> None:
    stage, home = opened(world)
    row, own = stage.of(stage.others[0]), stage.of(stage.me)
    page, url = "/cong-khai/gop-y/danh-gia/", f"/cong-khai/gop-y/danh-gia/{row.pk}/"
    shown = text_of(stage.person.get(page))
    # Six officials and the head; not herself, nobody of the commune beside, and nothing but names, posts and the unit.
    assert shown.count("/cong-khai/gop-y/danh-gia/") >= 7 and f"/danh-gia/{own.pk}/" not in shown and "Đơn tố cáo không phải góp ý" in shown
    found = text_of(stage.person.get(page, {"tim": "lo an"}))
    assert "Lò Thị An" in found and "Bình" not in found
    for closed in (own.pk, stage.world.evaluations["o"].pk):
        assert stage.person.get(f"{page}{closed}/").status_code == 404
        assert stage.person.post(f"{page}{closed}/", {"noidung": "x"}).status_code == 404
    assert stage.person.post(url, {"noidung": " "}).status_code == 400
    assert "chờ người xét đọc" in text_of(stage.person.post(url, {"noidung": SAID}, follow=True))

    comment, act = OutsideComment.objects.get(text=SAID), Act.objects.order_by("-seq").first()
    account = stage.world.accounts["ca-nhan"]
    assert act is not None and (act.action, act.user, act.role) == ("evaluation.comment", -1, "")
    assert not Change.objects.filter(act=act.seq, person=stage.me).exists()
    # Read through by the unit's officer, who sees what was said and where it came from.
    seen = text_of(stage.officer.get(f"/danh-gia/nguoi/{row.pk}/"))
    assert SAID in seen and account.display_name not in seen and "Ý kiến, góp ý chờ đọc" in text_of(stage.officer.get(home))
    assert SAID in text_of(stage.person.get(page)) and SAID not in text_of(stage.boss.get(page))
    assert "chờ đọc" in text_of(stage.person.get(page))
    judged = {"viec": "xet-y-kien", "ykien": str(comment.pk), "xet": "bo", "lydo": "đã có văn bản"}
    assert stage.officer.post(f"/danh-gia/nguoi/{row.pk}/", judged).status_code == 302
    assert "không đưa vào hồ sơ đánh giá</span>: đã có văn bản" in text_of(stage.person.get(page))


def test_who_is_decided_or_of_a_party_campaign_is_not_commented_on(world: World) -> None:
    stage, _ = opened(world)
    row = stage.of(stage.others[0])
    url = f"/cong-khai/gop-y/danh-gia/{row.pk}/"
    assert stage.person.get(url).status_code == 200
    Evaluation.objects.filter(pk=row.pk).update(grade=GOOD)
    assert stage.person.get(url).status_code == 404
    Evaluation.objects.filter(pk=row.pk).update(grade="")
    campaign = CampaignUnit.objects.get(pk=row.campaign_unit_id).campaign
    campaign.capacity = "party"
    campaign.save()
    assert stage.person.get(url).status_code == 404
