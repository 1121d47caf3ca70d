"""Papers the program writes: drafted, issued with number, date and signer, in effect from a day."""

from django.db import models

from canbo.dossier.models.person import new_key
from canbo.dossier.models.sources import Decision
from canbo.organization.models import Unit

SIDES = [("nha-nuoc", "Nhà nước"), ("dang", "Đảng")]
STATES = [("draft", "dự thảo"), ("issued", "đã ban hành"), ("withdrawn", "đã hủy dự thảo")]


class Paper(models.Model):
    """One paper. Its text is frozen as a file when it is drafted; what depends on it starts only from the issued paper."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    kind = models.CharField("loại văn bản", max_length=40)
    side = models.CharField("thể thức", max_length=10, choices=SIDES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan ban hành")
    title = models.CharField("trích yếu", max_length=500)
    # Field groups whose values the paper prints: only readers who see them all may open it.
    groups = models.JSONField(default=list)
    state = models.CharField("tình trạng", max_length=10, choices=STATES, default="draft")
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    in_effect_on = models.DateField("ngày hiệu lực", null=True, blank=True)
    signer = models.CharField("người ký", max_length=200, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    # What fills the paper, as sealed JSON bound to the key: the numbered copy is made from the same values.
    values_sealed = models.TextField(blank=True)
    file_sha256 = models.CharField("tệp", max_length=64, blank=True)
    scan_sha256 = models.CharField("bản quét", max_length=64, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    # An issued paper is never changed: another one replaces it.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay thế")
    user = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "paper"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="issued") | (~models.Q(number="") & models.Q(issued_on__isnull=False)),
                name="paper_issued_has_number_and_day",
            )
        ]


class PaperTemplate(models.Model):
    """An agency's own Word template for a kind of paper; rendered in the sandbox instead of our layout."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField("loại văn bản", max_length=40)
    name = models.CharField("tên", max_length=200)
    file_sha256 = models.CharField(max_length=64)
    # Found and tried in the sandbox when the template came, so that no page opens somebody's file again.
    placeholders = models.JSONField(default=list)
    sample_sha256 = models.CharField(max_length=64, blank=True)
    in_use = models.BooleanField("đang dùng", default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "paper_template"
