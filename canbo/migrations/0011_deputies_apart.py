"""A unit's case with deputies of its head, where the regime gives them other steps."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canbo', '0010_products_of_a_month'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaignunit',
            name='deputies',
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='canbo.case',
            ),
        ),
    ]
