"""Results sent into the national database: the receipt, and with which one a grade went."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canbo', '0008_planning'),
    ]

    operations = [
        migrations.CreateModel(
            name='Transmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày gửi')),
                ('number', models.CharField(max_length=100, verbose_name='số biên nhận, văn bản')),
                ('campaign_unit', models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name='transmissions', to='canbo.campaignunit',
                )),
            ],
            options={
                'db_table': 'transmission',
            },
        ),
        migrations.AddField(
            model_name='evaluation',
            name='transmission',
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='canbo.transmission',
            ),
        ),
    ]
