"""Self-declaration rounds: what a person says about her own dossier, accepted or refused item by item by her unit."""

from django.db import models

from canbo.dossier.models.person import Person, new_key
from canbo.organization.models import Unit

ITEM_STATES = [("waiting", "chờ xét"), ("accepted", "đã nhận"), ("refused", "không nhận")]


class DeclarationRound(models.Model):
    """A window in which people of a unit (and below) fill the ticked items."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = models.CharField("tên đợt", max_length=200)
    document = models.CharField("văn bản", max_length=200, blank=True)
    opens_on = models.DateField("mở từ ngày")
    closes_on = models.DateField("đến hết ngày")
    # Fields of the person and tables of records that may be filled, e.g. "person.residence", "qualification".
    items = models.JSONField("mục được khai", default=list)
    closed = models.BooleanField("đã đóng sớm", default=False)

    class Meta:
        db_table = "declaration_round"
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="declaration_round_days")
        ]


class Declaration(models.Model):
    """One person's answer to a round."""

    round = models.ForeignKey(DeclarationRound, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        db_table = "declaration"
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="declaration_once")]


class DeclarationItem(models.Model):
    """One value, or one record, as the person states it; the dossier changes only when the unit accepts it."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="items")
    table = models.CharField(max_length=40)
    record_id = models.BigIntegerField(null=True, blank=True)
    # JSON column → text, sealed and bound to the key: a declared value is no less personal than an accepted one.
    values_sealed = models.TextField()
    seen_seq = models.BigIntegerField()
    attachment_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField("kết quả", max_length=10, choices=ITEM_STATES, default="waiting")
    reason = models.CharField("lý do", max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    user = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "declaration_item"
        constraints = [
            models.CheckConstraint(condition=~models.Q(state="refused") | ~models.Q(reason=""), name="declaration_refusal_has_reason")
        ]
