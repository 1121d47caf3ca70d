"""What a planning round holds until its results stand in the dossier as plan entries."""

from django.db import models

from canbo.cases.models import Case
from canbo.dossier.models import Person, PlanEntry
from canbo.dossier.once import OnceEach
from canbo.organization.models import Term, Title, Unit

KINDS = [("next", "xây dựng quy hoạch nhiệm kỳ kế tiếp"), ("current", "rà soát, bổ sung quy hoạch nhiệm kỳ hiện tại")]
STANDINGS = [("keep", "giữ"), ("add", "đưa vào"), ("remove", "đưa ra")]
OUTCOMES = [("", "đang xét"), ("approved", "đồng ý"), ("refused", "không đồng ý")]
ORIGINS = [
    ("tai-cho", "nguồn tại chỗ"), ("tren-xuong", "từ cấp trên xuống"), ("giua-cac-xa", "từ nơi khác cùng cấp"),
    ("duoi-len", "từ cấp dưới lên"),
]  # fmt: skip
CLASSES = [("1", "đối tượng 1"), ("2", "đối tượng 2")]
INTRODUCERS = [
    ("chi-bo", "chi bộ"), ("don-vi", "cơ quan, đơn vị"), ("to-chuc", "tổ chức chính trị - xã hội"), ("cap-uy-vien", "cấp ủy viên"),
    ("hoi-nghi", "phiếu giới thiệu tại hội nghị"), ("ca-nhan", "tự giới thiệu"),
]  # fmt: skip


class Round(models.Model):
    """One order of the level above: ticked units build, or review, the plan of their titles by a day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi mở đợt")
    name = models.CharField("tên đợt", max_length=200)
    order = models.CharField("văn bản chỉ đạo", max_length=200, blank=True)
    form = models.TextField("yêu cầu, mẫu biểu gửi kèm", blank=True)
    opened_on = models.DateField("ngày mở")
    deadline = models.DateField("hạn gửi danh sách")
    # The day on which dossiers, ratings and discipline are looked at; ages are counted on each slate's own day.
    on = models.DateField("ngày xét")
    # Inner borders of the three age bands, chosen for the round: [40, 45] = under 40, 40 to under 45, 45 and over.
    bands = models.JSONField("mốc ba độ tuổi", default=list)
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)

    class Meta:
        db_table = "planning_round"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__gte=models.F("opened_on")), name="planning_round_deadline_after_opening"
            )
        ]


class RoundUnit(models.Model):
    """A unit in a round: sent in, received, sent back for completion – the newest of each; the log has them all."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    received_on = models.DateField("ngày tiếp nhận", null=True, blank=True)
    returned_on = models.DateField("ngày trả lại", null=True, blank=True)
    return_reason = models.CharField("nội dung cần bổ sung", max_length=500, blank=True)

    class Meta:
        db_table = "planning_unit"
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="planning_unit_once")]


class Slate(models.Model):
    """The list of one title (or body) of one unit for one term: who stays, comes, goes, under which procedures."""

    home = models.ForeignKey(RoundUnit, models.PROTECT, related_name="slates")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+", verbose_name="chức danh")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+", verbose_name="nhiệm kỳ")
    kind = models.CharField("loại", max_length=8, choices=KINDS)
    # Places of the body, or seats of the title, as prescribed; empty: nobody said, and what depends on it stays open.
    size = models.PositiveSmallIntegerField("số lượng theo quy định", null=True, blank=True)
    size_document = models.CharField("văn bản quy định số lượng", max_length=200, blank=True)
    age_on = models.DateField("tháng tính tuổi")
    # Who comes in goes through ballots; who leaves is concluded on. Either is opened when there is somebody for it.
    adding = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    removing = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "planning_slate"
        constraints = [models.UniqueConstraint(fields=["home", "title", "term"], name="planning_slate_once")]


class Line(models.Model):
    """One person on a slate: what the program proposed, what people decided, and what they saw when they did."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    standing = models.CharField("đề nghị", max_length=8, choices=STANDINGS)
    # The entry she stands in the plan by: the one reviewed, or the one the decision made.
    entry = models.ForeignKey(PlanEntry, models.PROTECT, null=True, blank=True, related_name="+")
    plan_class = models.CharField("đối tượng", max_length=2, choices=CLASSES, blank=True)
    origin = models.CharField("nguồn", max_length=20, choices=ORIGINS, blank=True)
    ground = models.CharField("lý do, căn cứ", max_length=500, blank=True)
    ground_document = models.CharField("văn bản kèm theo", max_length=200, blank=True)
    comment = models.TextField("nhận xét của người đứng đầu", blank=True)
    commented_on = models.DateField("ngày nhận xét", null=True, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    outcome = models.CharField("kết quả", max_length=10, choices=OUTCOMES, blank=True)
    reason = models.CharField("lý do không đồng ý", max_length=500, blank=True)
    # Verdicts, facts, articles, hash of the law as they stood at the decision.
    frozen = models.JSONField(default=dict)

    class Meta:
        db_table = "planning_line"
        constraints = [models.UniqueConstraint(fields=["slate", "person"], name="planning_line_once")]

    ONCE_EACH = OnceEach(
        ("slate",), models.Q(outcome="", slate__home__round__closed_on=None),
        "Cả hai hồ sơ đều có trong một danh sách quy hoạch chưa xong; hãy bỏ một hồ sơ khỏi danh sách đó rồi nhập hồ sơ.",
    )  # fmt: skip


class Introduction(models.Model):
    """Who brought somebody forward for a slate; the same person from two places is one line with two introductions."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="introductions")
    kind = models.CharField("nơi giới thiệu", max_length=12, choices=INTRODUCERS)
    by = models.CharField("tên nơi, người giới thiệu", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("ngày")
    document = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        db_table = "planning_introduction"


class SourceRequest(models.Model):
    """Asking a unit outside one's scope for people who meet a standard: it names them, or does not; until then nobody is named."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi quản lý")
    asked_on = models.DateField("ngày đề nghị")
    text = models.CharField("nội dung đề nghị", max_length=500, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.CharField("trả lời", max_length=500, blank=True)

    class Meta:
        db_table = "planning_source_request"
        constraints = [models.UniqueConstraint(fields=["slate", "unit"], name="planning_source_request_once")]


class PrintedCopy(models.Model):
    """A numbered copy of meeting papers: to whom it went, and whether it came back."""

    home = models.ForeignKey(RoundUnit, models.PROTECT, related_name="copies")
    paper = models.CharField("tài liệu", max_length=40)
    number = models.PositiveSmallIntegerField("bản số")
    of = models.PositiveSmallIntegerField("trong tổng số")
    holder = models.CharField("người nhận", max_length=200)
    printed_at = models.DateTimeField("lúc in")
    user = models.BigIntegerField()
    returned_on = models.DateField("ngày thu hồi", null=True, blank=True)

    class Meta:
        db_table = "planning_copy"
