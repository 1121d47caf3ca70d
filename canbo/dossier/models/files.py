"""Bytes kept in the database, where every machine of the web tier can read them; sealed, named by their hash."""

from django.db import models


class StoredFile(models.Model):
    """A file kept once however often it is attached; `content` is ciphertext bound to the hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    content = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "stored_file"
