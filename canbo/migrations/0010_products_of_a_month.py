"""What the ratios of a tracked month were counted from."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canbo', '0009_results_sent'),
    ]

    operations = [
        migrations.AddField(
            model_name='trackedmonth',
            name='products',
            field=models.JSONField(default=list, verbose_name='sản phẩm, công việc'),
        ),
    ]
