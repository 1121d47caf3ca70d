"""Qualifications (items 19–20, 32.1–32.6) and attendances at classes."""

from django.db import models

from canbo.dossier.models.sources import Record
from canbo.organization.fields import PartialDateField

QUALIFICATION_KINDS = [
    ("pho-thong", "giáo dục phổ thông"),
    ("chuyen-mon", "chuyên môn"),
    ("llct", "lý luận chính trị"),
    ("qlnn", "quản lý nhà nước"),
    ("qpan", "quốc phòng, an ninh"),
    ("tin-hoc", "tin học"),
    ("ngoai-ngu", "ngoại ngữ"),
    ("tieng-dan-toc", "tiếng dân tộc"),
    ("nghiep-vu", "nghiệp vụ"),
]


class Qualification(Record):
    """A level reached. `level` is a step of the kind's scale; empty = written down but not placed on it."""

    kind = models.CharField("loại", max_length=15, choices=QUALIFICATION_KINDS)
    level = models.CharField("trình độ", max_length=40, blank=True)
    text = models.TextField("như đã ghi", blank=True)
    field = models.CharField("lĩnh vực", max_length=40, blank=True)
    field_text = models.CharField("chuyên ngành", max_length=300, blank=True)
    language = models.CharField("tiếng", max_length=40, blank=True)
    institution = models.CharField("cơ sở đào tạo", max_length=300, blank=True)
    form = models.CharField("hình thức", max_length=40, blank=True)
    began = PartialDateField("từ", null=True, blank=True)
    obtained = PartialDateField("ngày cấp", null=True, blank=True)
    valid_until = PartialDateField("có giá trị đến", null=True, blank=True)
    certificate = models.CharField("số văn bằng, chứng chỉ", max_length=60, blank=True)

    class Meta:
        db_table = "qualification"


class Attendance(Record):
    """One person at one class: one turn (lượt). Counted as turns by rows and as people by persons, never added."""

    training = models.CharField("khóa, lớp", max_length=300)
    kind = models.CharField("loại", max_length=40, blank=True)
    family = models.CharField(
        "nhóm", max_length=10, choices=[("dao-tao", "đào tạo"), ("boi-duong", "bồi dưỡng")], blank=True
    )
    level = models.CharField("trình độ đạt", max_length=40, blank=True)
    provider = models.CharField("cơ sở", max_length=300, blank=True)
    form = models.CharField("hình thức", max_length=40, blank=True)
    start = PartialDateField("từ", null=True, blank=True)
    end = PartialDateField("đến", null=True, blank=True)
    hours = models.IntegerField("số tiết", null=True, blank=True)
    result = models.CharField("kết quả", max_length=40, blank=True)
    funding = models.CharField("nguồn kinh phí", max_length=60, blank=True)
    cost_vnd = models.BigIntegerField("chi phí", null=True, blank=True)
    certificate = models.CharField("số chứng chỉ", max_length=60, blank=True)
    certified_on = PartialDateField("ngày cấp", null=True, blank=True)
    commitment_months = models.IntegerField("cam kết phục vụ (tháng)", null=True, blank=True)
    report = models.TextField("thu hoạch", blank=True)

    class Meta:
        db_table = "attendance"
