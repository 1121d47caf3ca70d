"""Names introduced on the way, the document behind steps known from memory, and what a ballot on screen was opened for."""

from django.db import migrations, models

SECRET = models.Q(status="outside", name="", rules={}, title=None, basis="")
HOLDS_NOTHING = models.CheckConstraint(condition=models.Q(secrecy="none") | SECRET, name="case_secret_holds_nothing")


class Migration(migrations.Migration):
    dependencies = [("canbo", "0011_deputies_apart")]
    operations = [
        migrations.AddField(
            "case", "basis", models.CharField("văn bản quy định bước chưa kiểm chứng", max_length=300, blank=True),
        ),
        migrations.AddField("casename", "entry", models.PositiveIntegerField("dòng giới thiệu", null=True, blank=True)),
        migrations.AddField("screenballot", "seen", models.PositiveIntegerField(null=True, blank=True)),
        migrations.RemoveConstraint("case", "case_secret_holds_nothing"),
        migrations.AddConstraint("case", HOLDS_NOTHING),
    ]
