"""The append-only log: acts in a hash chain, their sealed change rows, and apart from them who read what.

Plain ids, no foreign keys: the log outlives what it speaks of. Database triggers refuse update, delete and truncate.
"""

from django.db import models


class Act(models.Model):
    """One write: who, what, why, by which document. `seq` is also the change feed of the snapshot."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    user = models.BigIntegerField()
    role = models.CharField(max_length=40)
    unit = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    document = models.CharField(max_length=200, blank=True)
    changes = models.IntegerField()
    digest = models.CharField(max_length=64)  # over the digests of its change rows, in order
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "act"


class Change(models.Model):
    """What an act changed for one person (or, without person, in one table): a sealed JSON list of
    `[table, row id, before | null, after | null]`."""

    act = models.BigIntegerField(db_index=True)
    person = models.BigIntegerField(null=True, db_index=True)
    table = models.CharField(max_length=40, blank=True)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "change"


class Head(models.Model):
    """The chain's last link; locked by every act, so sequence numbers have no holes and no two acts share one."""

    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "act_head"


class Read(models.Model):
    """Who looked at which dossier, or took which list, and when."""

    at = models.DateTimeField()
    user = models.BigIntegerField()
    what = models.CharField(max_length=40)
    person = models.BigIntegerField(null=True)
    count = models.IntegerField(default=1)
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "read_log"
        indexes = [models.Index(fields=["person", "at"], name="read_by_person")]
