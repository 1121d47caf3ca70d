"""What an evaluation campaign holds until its results stand in the dossier as ratings."""

from django.db import models

from canbo.cases.models import Case
from canbo.dossier.models import Person, Rating, UnitRating
from canbo.dossier.models.outcomes import PERIODS
from canbo.dossier.once import OnceEach
from canbo.organization.models import Unit

CAPACITIES = [("official", "cán bộ, công chức, viên chức"), ("party", "đảng viên")]
AWAY = [("om", "nghỉ ốm"), ("thai-san", "nghỉ thai sản"), ("khac", "lý do khác")]
ROLES = [("staff", "không giữ chức vụ lãnh đạo, quản lý"), ("leader", "giữ chức vụ lãnh đạo, quản lý")]
COMMENT_SOURCES = [
    ("mttq", "Mặt trận Tổ quốc"), ("doan-the", "tổ chức chính trị - xã hội"), ("nhan-dan", "Nhân dân"), ("noi-cu-tru", "cấp ủy nơi cư trú"),
    ("cung-don-vi", "người cùng đơn vị"),
]  # fmt: skip


class Campaign(models.Model):
    """One evaluation of a period, opened for ticked units by the level above."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi mở đợt")
    name = models.CharField("tên đợt", max_length=200)
    capacity = models.CharField("tư cách", max_length=10, choices=CAPACITIES, default="official")
    period_kind = models.CharField("kỳ", max_length=8, choices=PERIODS, default="year")
    period = models.CharField("kỳ", max_length=9)
    order = models.CharField("văn bản chỉ đạo", max_length=200, blank=True)
    opened_on = models.DateField("ngày mở")
    deadline = models.DateField("hạn gửi kết quả")
    # The day on which the regime is chosen and months are counted: the last of the period.
    rated_on = models.DateField("ngày đánh giá")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)

    class Meta:
        db_table = "campaign"
        constraints = [
            models.CheckConstraint(condition=models.Q(deadline__gte=models.F("opened_on")), name="campaign_deadline_after_opening")
        ]


class CampaignUnit(models.Model):
    """A unit in a campaign: its own grade first, then its people in cases: leaders, deputies where they go apart, others."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # The committee member in charge of the unit, who keeps notes during the year.
    supervisor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp ủy viên phụ trách")
    unit_rating = models.ForeignKey(UnitRating, models.PROTECT, null=True, blank=True, related_name="+")
    exception_document = models.CharField("quyết định cho vượt tỷ lệ", max_length=200, blank=True)
    exception_reason = models.CharField("lý do", max_length=500, blank=True)
    leaders = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    deputies = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    others = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField("ngày gửi kết quả", null=True, blank=True)

    class Meta:
        db_table = "campaign_unit"
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="campaign_unit_once")]


class Transmission(models.Model):
    """Results of a unit put into the national database, with the receipt."""

    campaign_unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="transmissions")
    on = models.DateField("ngày gửi")
    number = models.CharField("số biên nhận, văn bản", max_length=100)

    class Meta:
        db_table = "transmission"


class Evaluation(models.Model):
    """One person in one unit's campaign: what counts for her, what she says of herself, what the regime gives, what is decided."""

    campaign_unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="evaluations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField("nhóm", max_length=8, choices=ROLES, default="staff")
    heads_unit = models.BooleanField("đứng đầu đơn vị", default=False)
    task_group = models.CharField("nhóm nhiệm vụ tương đồng", max_length=100, blank=True)
    regime = models.CharField("chế độ", max_length=40)
    # Empty: the papers do not say in which month of the period she began; somebody must.
    months_worked = models.PositiveSmallIntegerField("số tháng làm việc", null=True, blank=True)
    away = models.JSONField("thời gian vắng", default=dict)
    # Disqualifying facts: code of the regime → the discipline record or paper it rests on.
    bars = models.JSONField("sự việc", default=dict)
    score = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    self_grade = models.CharField("tự xếp loại", max_length=30, blank=True)
    self_text = models.TextField("tự nhận xét", blank=True)
    self_sent_at = models.DateTimeField("tự đánh giá lúc", null=True, blank=True)
    comment = models.TextField("nhận xét của người đứng đầu", blank=True)
    chosen = models.CharField("mức đề nghị", max_length=30, blank=True)
    proposed = models.CharField("mức theo quy định", max_length=30, blank=True)
    reasons = models.JSONField("căn cứ", default=list)
    grade = models.CharField("mức được quyết định", max_length=30, blank=True)
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, related_name="+")
    # With what the grade went into the national database; empty again when another decision replaces the one sent.
    transmission = models.ForeignKey(Transmission, models.PROTECT, null=True, blank=True, related_name="evaluations")

    class Meta:
        db_table = "evaluation"
        constraints = [models.UniqueConstraint(fields=["campaign_unit", "person"], name="evaluation_once")]

    ONCE_EACH = OnceEach(
        ("campaign_unit__campaign",), models.Q(grade=""),
        "Cả hai hồ sơ đều có trong một đợt đánh giá chưa quyết định xong; hãy bỏ một người khỏi đợt đó rồi nhập hồ sơ.",
    )  # fmt: skip


class TrackedMonth(models.Model):
    """Points of one person for one month at the unit she worked in: what a move carries along."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.CharField("tháng", max_length=7)
    regime = models.CharField("chế độ", max_length=40)
    role = models.CharField("nhóm", max_length=8, choices=ROLES, default="staff")
    points = models.JSONField("điểm tiêu chí chung", default=dict)
    ratios = models.JSONField("tỷ lệ kết quả nhiệm vụ", default=dict)
    # What the ratios were counted from, where they were: one entry for each product, numbers as exact texts.
    products = models.JSONField("sản phẩm, công việc", default=list)
    score = models.DecimalField("điểm", max_digits=5, decimal_places=2)
    note = models.CharField("nhận xét", max_length=500, blank=True)

    class Meta:
        db_table = "tracked_month"
        constraints = [models.UniqueConstraint(fields=["person", "unit", "month"], name="tracked_month_once")]

    ONCE_EACH = OnceEach(("unit", "month"))


class FollowUpNote(models.Model):
    """A dated note of the committee member in charge, on a unit or on one person of it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("ngày")
    text = models.TextField("nội dung")
    user = models.BigIntegerField()

    class Meta:
        db_table = "follow_up_note"


class OutsideComment(models.Model):
    """What Front, organizations and people say of somebody's work: with its source, shown once somebody has read it through."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    source = models.CharField("nguồn", max_length=12, choices=COMMENT_SOURCES)
    body = models.CharField("tổ chức", max_length=200, blank=True)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    received_on = models.DateField("ngày nhận")
    text = models.TextField("nội dung")
    # Who wrote it, sealed: moderators and the person spoken of do not see it.
    author_sealed = models.TextField(blank=True)
    accepted = models.BooleanField("đưa vào hồ sơ đánh giá", null=True, blank=True)
    reason = models.CharField("lý do không đưa", max_length=300, blank=True)

    class Meta:
        db_table = "outside_comment"


class HandOver(models.Model):
    """A denunciation is no comment: its receipt and where it was handed, nothing of what it says or of whom."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    receipt = models.CharField("số phiếu tiếp nhận", max_length=60)
    received_on = models.DateField("ngày nhận")
    handed_to = models.CharField("nơi chuyển", max_length=200)
    handed_on = models.DateField("ngày chuyển")

    class Meta:
        db_table = "hand_over"


class Objection(models.Model):
    """What a person says against her grade; answered within the regime's working days."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="objections")
    received_on = models.DateField("ngày nhận")
    number = models.CharField("số văn bản", max_length=60, blank=True)
    text = models.TextField("nội dung")
    answer_by = models.DateField("hạn trả lời", null=True, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.CharField("văn bản trả lời, kết quả", max_length=300, blank=True)

    class Meta:
        db_table = "objection"


class UnitRegulation(models.Model):
    """The points a unit's own regulation gives each line, for a year, where the decree leaves them to the unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    regime = models.CharField("chế độ", max_length=40)
    document = models.CharField("quy chế", max_length=200)
    points = models.JSONField("điểm tối đa từng dòng", default=dict)

    class Meta:
        db_table = "unit_regulation"
        constraints = [models.UniqueConstraint(fields=["unit", "year", "regime"], name="unit_regulation_once")]
