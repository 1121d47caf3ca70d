"""Where values come from: decisions, sources, certified values, explicit "không có", lists, and merges of two dossiers."""

from django.db import models

from canbo.dossier.models.person import Person
from canbo.organization.fields import PartialDateField


class Decision(models.Model):
    """A paper with legal effect: drafted, issued (number, date, signer), in effect."""

    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = PartialDateField("ngày ban hành", null=True, blank=True)
    in_effect_on = PartialDateField("ngày hiệu lực", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=200, blank=True)
    kind = models.CharField("loại", max_length=40, blank=True)
    summary = models.CharField("trích yếu", max_length=500, blank=True)

    class Meta:
        db_table = "decision"


class Source(models.Model):
    """What a value was read from: an imported list, a paper, a declaration."""

    kind = models.CharField("loại", max_length=20)
    name = models.CharField("tên", max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)
    on = models.DateField("đúng từ ngày", null=True)

    class Meta:
        db_table = "source"


class Record(models.Model):
    """What every record of a person carries: whose, from which source and decision, and since when it is known.

    `known_from` is the day the list was true: a record without a date of its own is UNKNOWN before that day, not absent.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    known_from = models.DateField("biết từ ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        abstract = True


class CertifiedValue(Record):
    """A value certified from the paper archive: it stands before the typed one; both are shown."""

    field = models.CharField("mục", max_length=60)
    value = models.CharField("giá trị", max_length=500)
    paper = models.CharField("giấy tờ gốc", max_length=300)
    certified_on = PartialDateField("ngày xác nhận", null=True)

    class Meta:
        db_table = "certified_value"


class DisputedValue(Record):
    """Another source says differently from the dossier: both stand until somebody certifies one of them."""

    field = models.CharField("mục", max_length=60)
    value = models.CharField("giá trị theo nguồn này", max_length=500)
    said_by = models.CharField("nguồn", max_length=300)
    settled_on = models.DateField("đã xác minh ngày", null=True, blank=True)
    settled_by = models.CharField("căn cứ xác minh", max_length=300, blank=True)

    class Meta:
        db_table = "disputed_value"


class DeclaredNone(Record):
    """ "Không có", said by a source: different from a record that nobody asked about."""

    kind = models.CharField("loại", max_length=40)

    class Meta:
        db_table = "declared_none"
        constraints = [models.UniqueConstraint(fields=["person", "kind", "known_from"], name="declared_none_once")]


class ListEntry(Record):
    """The person stood in a list that was true on a day."""

    name = models.CharField("danh sách", max_length=200, db_index=True)
    on = models.DateField("ngày")
    row = models.IntegerField("dòng", null=True)

    class Meta:
        db_table = "list_entry"


class ExtraValue(Record):
    """A column the dossier has no field for: text, kept under the folded heading."""

    name = models.CharField("tên", max_length=60)
    label = models.CharField("tiêu đề cột", max_length=200)
    value = models.TextField("giá trị")

    class Meta:
        db_table = "extra_value"


class Attachment(models.Model):
    """A file attached to a person or to one record; its bytes live in the data folder, named by their hash."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    record_table = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    filename = models.CharField("tên tệp", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "attachment"


class PersonMerge(models.Model):
    """A person decided that two dossiers are one: which was kept, what moved (for undo)."""

    kept = models.BigIntegerField()
    merged = models.BigIntegerField()
    moved = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        db_table = "person_merge"


class SeparatePair(models.Model):
    """A person decided that two dossiers that look alike are two people: the pair is not proposed again."""

    first = models.BigIntegerField()
    second = models.BigIntegerField()
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        db_table = "separate_pair"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="separate_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="separate_pair_ordered"),
        ]


class Mapping(models.Model):
    """Columns confirmed once for a list of this shape; offered again next time."""

    shape = models.CharField("dấu hiệu", max_length=64, unique=True)
    name = models.CharField("tên", max_length=200)
    columns = models.JSONField()

    class Meta:
        db_table = "import_mapping"
