import django.db.models.deletion
import evenkeel.ground.ids
from evenkeel.ground.append_only import AppendOnly
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exposure',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('seconds', models.FloatField()),
                ('severity', models.PositiveSmallIntegerField()),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.worker')),
            ],
            options={
                'indexes': [models.Index(fields=['worker', 'at'], name='wellness_exposure_by_worker')],
            },
        ),
        migrations.CreateModel(
            name='ExposureLimit',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('severity_from', models.PositiveSmallIntegerField(verbose_name='severity from')),
                ('minutes_a_day', models.PositiveIntegerField(verbose_name='minutes a day')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['organisation', 'severity_from'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'severity_from'), name='wellness_limit_once')],
            },
        ),
        AppendOnly("wellness_exposure"),
    ]
