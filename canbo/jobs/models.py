"""Long work: a job is leased from the database, so that a killed worker's job is taken up again."""

from django.db import models

STATES = [
    ("waiting", "đang chờ"),
    ("running", "đang chạy"),
    ("done", "xong"),
    ("failed", "không thành"),
    ("cancelled", "đã dừng"),
]


class Job(models.Model):
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    progress = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(null=True)
    user = models.BigIntegerField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    attempts = models.IntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)

    class Meta:
        db_table = "job"
        indexes = [models.Index(fields=["state", "leased_until"], name="job_to_lease")]


class Upload(models.Model):
    """A file waiting for its import: the bytes stay in the database, where every worker can read them."""

    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    user = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "upload"
