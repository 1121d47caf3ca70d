"""Service, posts held, bodies, pay: items 13–14, 23–30, 33, 37.1–37.2 of the CV."""

from django.db import models

from canbo.dossier.models.sources import Record
from canbo.organization.fields import Dated, PartialDateField
from canbo.organization.models import STAFF_KINDS, Body, Post, Seat, Title, Unit

HOLDING_KINDS = [
    ("main", "chức vụ chính"),
    ("concurrent", "kiêm nhiệm"),
    ("acting", "quyền, phụ trách"),
    ("rotated", "luân chuyển đến"),
    ("seconded", "biệt phái đến"),
    ("elected", "được bầu"),
]


class Employment(Record, Dated):
    """Belongs to a unit as staff of a kind (cán bộ, công chức …): who has one on a day is counted that day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    staff_kind = models.CharField("đối tượng", max_length=20, blank=True, choices=STAFF_KINDS)
    workplace = models.CharField("nơi công tác như đã ghi", max_length=300, blank=True)
    # True: seen in a list of that day, so `start` is the list's day, and the true beginning is earlier and unknown.
    since_list = models.BooleanField(default=False)
    end_reason = models.CharField("lý do kết thúc", max_length=60, blank=True)

    class Meta:
        db_table = "employment"


class Holding(Record, Dated):
    """A person in a title (and post and seat where these are set up)."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.ForeignKey(Title, models.PROTECT, null=True, blank=True, related_name="+")
    title_text = models.TextField("chức vụ như đã ghi", blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("hình thức", max_length=12, choices=HOLDING_KINDS, default="main")
    key_post = models.BooleanField("chủ chốt theo danh sách", null=True, blank=True)
    since_list = models.BooleanField(default=False)
    term_end = PartialDateField("hết nhiệm kỳ, thời hạn", null=True, blank=True)
    reappointed_on = PartialDateField("bổ nhiệm lại", null=True, blank=True)
    end_reason = models.CharField("lý do thôi giữ", max_length=60, blank=True)

    class Meta:
        db_table = "holding"


class Membership(Record, Dated):
    """A person in a body: committee, standing committee, council."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    role = models.CharField("vai trò", max_length=40, blank=True)
    order = models.IntegerField("thứ tự", null=True, blank=True)

    class Meta:
        db_table = "membership"


class WorkHistory(Record, Dated):
    """Item 33: a line of the working life as the CV tells it."""

    unit_text = models.CharField("đơn vị", max_length=300)
    title_text = models.CharField("chức danh", max_length=300, blank=True)

    class Meta:
        db_table = "work_history"


class Pay(Record, Dated):
    """Items 30.1, 30.3, 37.1: rank or job position, step and coefficient for a span."""

    rank_code = models.CharField("mã ngạch, CDNN", max_length=20, blank=True)
    rank_text = models.CharField("ngạch như đã ghi", max_length=120, blank=True)
    rank_on = PartialDateField("ngày bổ nhiệm ngạch", null=True, blank=True)
    step = models.IntegerField("bậc", null=True, blank=True)
    coefficient = models.DecimalField("hệ số", max_digits=5, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField("% hưởng", max_digits=5, decimal_places=2, null=True, blank=True)
    over_frame_percent = models.DecimalField("% vượt khung", max_digits=5, decimal_places=2, null=True, blank=True)
    over_frame_on = PartialDateField("ngày hưởng vượt khung", null=True, blank=True)
    job_position = models.CharField("vị trí việc làm", max_length=60, blank=True)
    salary_vnd = models.BigIntegerField("lương theo mức tiền", null=True, blank=True)

    class Meta:
        db_table = "pay"


class Allowance(Record, Dated):
    """Items 30.2 and 37.2."""

    kind = models.CharField("loại", max_length=60)
    percent = models.DecimalField("%", max_digits=6, decimal_places=2, null=True, blank=True)
    coefficient = models.DecimalField("hệ số", max_digits=5, decimal_places=2, null=True, blank=True)
    value_vnd = models.BigIntegerField("giá trị", null=True, blank=True)
    form = models.CharField("hình thức hưởng", max_length=60, blank=True)

    class Meta:
        db_table = "allowance"
