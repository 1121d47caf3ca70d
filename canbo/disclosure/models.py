"""What was made known, frozen as it was shown, and what readers said to it."""

from django.db import models

from canbo.dossier.models.person import new_key
from canbo.organization.models import Unit

REACHES = [("internal", "cán bộ, đảng viên trong cơ quan, đơn vị"), ("public", "công khai rộng rãi")]


class Publication(models.Model):
    """A table made known for a period. `table` holds exactly what is shown – nothing else of anybody is kept here."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi công khai")
    # What it is about, by its mechanism and number there: ("planning", round unit).
    kind = models.CharField("loại", max_length=20)
    about = models.BigIntegerField(null=True, blank=True)
    name = models.CharField("tên", max_length=300)
    document = models.CharField("văn bản được công khai", max_length=200, blank=True)
    reach = models.CharField("phạm vi", max_length=10, choices=REACHES, default="internal")
    place = models.CharField("nơi niêm yết, hình thức", max_length=200, blank=True)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày")
    # {"heads": […], "rows": [[…]], "notes": […]}
    table = models.JSONField(default=dict)
    sha256 = models.CharField("dấu của nội dung", max_length=64)
    withdrawn_on = models.DateField("ngày gỡ", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do gỡ", max_length=300, blank=True)

    class Meta:
        db_table = "publication"
        constraints = [models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="publication_end_after_start")]


class Remark(models.Model):
    """What a reader says to a publication: her name sealed, read through by somebody before it counts, answered."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="remarks")
    received_on = models.DateField("ngày nhận")
    source = models.CharField("hình thức nhận", max_length=60, blank=True)
    text = models.TextField("nội dung")
    author_sealed = models.TextField(blank=True)
    accepted = models.BooleanField("ghi nhận", null=True, blank=True)
    reason = models.CharField("lý do không ghi nhận", max_length=300, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)

    class Meta:
        db_table = "remark"
