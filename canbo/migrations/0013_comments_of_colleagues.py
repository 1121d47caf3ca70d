"""A comment may come from people of the same unit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canbo', '0012_names_introduced'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outsidecomment',
            name='source',
            field=models.CharField(choices=[('mttq', 'Mặt trận Tổ quốc'), ('doan-the', 'tổ chức chính trị - xã hội'), ('nhan-dan', 'Nhân dân'), ('noi-cu-tru', 'cấp ủy nơi cư trú'), ('cung-don-vi', 'người cùng đơn vị')], max_length=12, verbose_name='nguồn'),
        ),
    ]
