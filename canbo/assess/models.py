"""Reviews that were saved: who met which standard on a day, by which law, as it was seen then."""

from django.db import models

from canbo.organization.models import Unit


class Review(models.Model):
    """One review of a scope. Its lines are frozen: they hold what the papers and the law said when it ran."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")
    title = models.CharField("chức danh", max_length=80)
    purpose = models.CharField("để làm gì", max_length=20, default="title")
    groups = models.CharField("nhóm thông tin đã đọc", max_length=300, blank=True)
    where = models.TextField("điều kiện", blank=True)
    on = models.DateField("ngày xét")
    overlay = models.CharField("quy định địa phương", max_length=60, blank=True)
    laws = models.CharField("bộ quy định", max_length=16)
    seq = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    user = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "review"


class ReviewLine(models.Model):
    """One person against one title. People by plain id: a merge of dossiers does not rewrite what was found."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="lines")
    person_key = models.BigIntegerField(db_index=True)
    title = models.CharField(max_length=80)
    standard = models.CharField(max_length=80)
    version = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=10)
    failed = models.CharField(max_length=500, blank=True)
    unknown = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "review_line"
