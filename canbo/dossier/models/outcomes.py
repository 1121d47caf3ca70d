"""What mechanisms leave behind: ratings, plan entries, awards, discipline, waivers. Other mechanisms read them as facts."""

from django.db import models

from canbo.dossier.models.sources import Record, Source
from canbo.organization.fields import Dated, PartialDateField
from canbo.organization.models import Body, Term, Title, Unit

PERIODS = [
    ("month", "tháng"),
    ("quarter", "quý"),
    ("half", "6 tháng"),
    ("year", "năm"),
    ("term", "nhiệm kỳ"),
    ("once", "khi cần"),
]


class Rating(Record):
    """A grade for a period, under a regime, in a capacity (as an official or as a Party member)."""

    period_kind = models.CharField("kỳ", max_length=8, choices=PERIODS, default="year")
    period = models.CharField("kỳ", max_length=9)  # 2022, 2026-Q1, 2026-03, 2020-2025
    regime = models.CharField("chế độ", max_length=40, blank=True)
    capacity = models.CharField(
        "tư cách",
        max_length=10,
        choices=[("official", "cán bộ, công chức, viên chức"), ("party", "đảng viên")],
        default="official",
    )
    grade = models.CharField("mức", max_length=30, blank=True)
    text = models.TextField("như đã ghi", blank=True)
    score = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "rating"


class UnitRating(models.Model):
    """A grade of a unit or body for a period (xếp loại tập thể)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    period_kind = models.CharField("kỳ", max_length=8, choices=PERIODS, default="year")
    period = models.CharField("kỳ", max_length=9)
    regime = models.CharField("chế độ", max_length=40, blank=True)
    grade = models.CharField("mức", max_length=30)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        db_table = "unit_rating"


class PlanEntry(Record, Dated):
    """Person × title × term in a plan (quy hoạch): in from `start`, out from `end`, each with its ground."""

    title = models.ForeignKey(Title, models.PROTECT, null=True, blank=True, related_name="+")
    title_text = models.TextField("chức danh như đã ghi", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    plan_class = models.CharField("diện", max_length=20, blank=True)
    origin = models.CharField("nguồn", max_length=20, blank=True)
    introduced_by = models.CharField("nơi giới thiệu", max_length=200, blank=True)
    ground_in = models.CharField("căn cứ đưa vào", max_length=300, blank=True)
    ground_out = models.CharField("lý do đưa ra", max_length=300, blank=True)
    since_list = models.BooleanField(default=False)

    class Meta:
        db_table = "plan_entry"


class Award(Record):
    """Items 22 and 35.1: honours of a year or a day."""

    on = PartialDateField("thời điểm", null=True, blank=True)
    form = models.CharField("hình thức", max_length=60, blank=True)
    text = models.TextField("như đã ghi", blank=True)

    class Meta:
        db_table = "award"


class Discipline(Record):
    """Item 35.2: by the Party or by the State; each has its own clocks."""

    side = models.CharField("bên", max_length=10, choices=[("dang", "Đảng"), ("nha-nuoc", "chính quyền")], blank=True)
    form = models.CharField("hình thức", max_length=40, blank=True)
    text = models.TextField("như đã ghi", blank=True)
    decided_on = PartialDateField("ngày quyết định", null=True, blank=True)
    ended_on = PartialDateField("ngày hết hiệu lực", null=True, blank=True)
    authority = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    matter = models.CharField("hành vi", max_length=300, blank=True)

    class Meta:
        db_table = "discipline"


class Waiver(Record, Dated):
    """A "special case" decided by the authority: stands beside a verdict, never changes it.

    `text` says the standard and criterion in words, as they stood when it was written; `purpose` what the standard is for,
    "" for one nobody named: planning is read by fewer than the rest. An empty criterion is the whole standard.
    """

    standard = models.CharField("mã tiêu chuẩn", max_length=80)
    criterion = models.CharField("mã tiêu chí", max_length=80, blank=True)
    purpose = models.CharField("để làm gì", max_length=20, blank=True)
    text = models.CharField("nội dung được miễn, giảm", max_length=300, blank=True)
    authority = models.CharField("cấp quyết định", max_length=200)
    reason = models.CharField("lý do", max_length=500)

    class Meta:
        db_table = "waiver"
