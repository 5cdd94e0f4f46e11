import django.db.models.deletion
import django.db.models.expressions
import evenkeel.ground.ids
from django.conf import settings
from evenkeel.ground.append_only import AppendOnly
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('policy', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerForm',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160, verbose_name='name')),
            ],
            options={
                'verbose_name': 'form',
                'verbose_name_plural': 'forms',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('spec', models.JSONField()),
                ('published_at', models.DateTimeField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='work.answerform')),
            ],
            options={
                'ordering': ['form', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160, unique=True, verbose_name='name')),
                ('about', models.TextField(blank=True, verbose_name='what it is for')),
                ('created_at', models.DateTimeField()),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=200, verbose_name='key')),
                ('kind', models.CharField(default='text', max_length=32)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('content', models.JSONField(default=dict)),
                ('attributes', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='work.programme')),
            ],
            options={
                'verbose_name': 'item',
                'verbose_name_plural': 'items',
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('by_name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('files', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('remarks', models.JSONField(default=list)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='work.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='people.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='work.programme')),
            ],
        ),
        migrations.AddField(
            model_name='answerform',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='work.programme'),
        ),
        migrations.CreateModel(
            name='Queue',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('overlap', models.PositiveSmallIntegerField(default=1, verbose_name='people an item')),
                ('lease_s', models.PositiveIntegerField(default=900, verbose_name='seconds a lease lasts')),
                ('batch_size', models.PositiveSmallIntegerField(default=10, verbose_name='items handed out at once')),
                ('undo_s', models.PositiveIntegerField(default=120, verbose_name='seconds to take a decision back')),
                ('severity', models.PositiveSmallIntegerField(default=0, verbose_name='severity of its content')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages asked')),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queues', to='work.answerform', verbose_name='form')),
                ('policy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='queues', to='policy.policy', verbose_name='guideline')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='queues', to='work.programme')),
            ],
            options={
                'verbose_name': 'queue',
                'verbose_name_plural': 'queues',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=120)),
                ('answer', models.JSONField(default=dict)),
                ('replicate', models.PositiveSmallIntegerField(default=1)),
                ('origin', models.CharField(choices=[('desk', 'at the desk'), ('api', 'by the API'), ('import', 'imported'), ('twin', 'simulated')], max_length=8)),
                ('client_key', models.CharField(max_length=64, null=True, unique=True)),
                ('decided_at', models.DateTimeField()),
                ('active_ms', models.PositiveIntegerField(null=True)),
                ('corrects', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='work.decision')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('policy_version', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policy.policyversion')),
                ('site', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.site')),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='people.worker')),
                ('form_version', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.formversion')),
                ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='work.item')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='work.programme')),
                ('queue', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='work.queue')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='work.decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('priority', models.FloatField(default=0)),
                ('wanted', models.PositiveSmallIntegerField(default=1)),
                ('decided', models.PositiveSmallIntegerField(default=0)),
                ('leased', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='work.item')),
                ('queue', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='work.queue')),
            ],
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('id', models.UUIDField(default=evenkeel.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('taken_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('decided', 'decided'), ('returned', 'given back'), ('skipped', 'skipped'), ('lapsed', 'lapsed')], max_length=8)),
                ('form_version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.formversion')),
                ('worker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='people.worker')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='work.task')),
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='task',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='work.task'),
        ),
        migrations.AddConstraint(
            model_name='formversion',
            constraint=models.UniqueConstraint(fields=('form', 'number'), name='work_form_version_number'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['programme', 'id'], name='work_item_by_programme'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('programme', 'key'), name='work_item_key'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.UniqueConstraint(fields=('programme', 'digest'), name='work_import_once'),
        ),
        migrations.AddConstraint(
            model_name='engagement',
            constraint=models.UniqueConstraint(fields=('programme', 'organisation'), name='work_engagement_once'),
        ),
        migrations.AddConstraint(
            model_name='answerform',
            constraint=models.UniqueConstraint(fields=('programme', 'name'), name='work_form_name'),
        ),
        migrations.AddConstraint(
            model_name='queue',
            constraint=models.UniqueConstraint(fields=('programme', 'name'), name='work_queue_name'),
        ),
        migrations.AddConstraint(
            model_name='queue',
            constraint=models.CheckConstraint(condition=models.Q(('overlap__gte', 1)), name='work_queue_overlap'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('closed_at', None), ('wanted__gt', django.db.models.expressions.CombinedExpression(models.F('decided'), '+', models.F('leased')))), fields=['queue', '-priority', 'id'], name='work_task_open'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['item'], name='work_task_by_item'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('queue', 'item'), name='work_task_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('wanted__gte', django.db.models.expressions.CombinedExpression(models.F('decided'), '+', models.F('leased')))), name='work_task_overlap'),
        ),
        migrations.AddIndex(
            model_name='lease',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['expires_at'], name='work_lease_running'),
        ),
        migrations.AddIndex(
            model_name='lease',
            index=models.Index(fields=['worker', 'task'], name='work_lease_by_worker'),
        ),
        migrations.AddIndex(
            model_name='lease',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['worker'], name='work_lease_in_hand'),
        ),
        migrations.AddConstraint(
            model_name='lease',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('task', 'worker'), name='work_lease_once'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['item', 'worker'], name='work_decision_by_item'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['programme', 'worker', 'decided_at'], name='work_decision_by_worker'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['programme', 'decided_at', 'id'], name='work_decision_by_programme'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['worker', 'decided_at'], name='work_decision_recent'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('queue__isnull', False)), fields=['queue', 'decided_at'], name='work_decision_by_queue'),
        ),
        AppendOnly("work_formversion"),
        AppendOnly("work_decision"),
        AppendOnly("work_takenback"),
    ]
