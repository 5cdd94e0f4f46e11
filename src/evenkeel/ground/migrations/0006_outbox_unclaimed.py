from django.db import migrations


class Migration(migrations.Migration):
    """Rows of the outbox are moved without being claimed: whatever was claimed waits again."""

    dependencies = [
        ('ground', '0005_only_here'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='logrow',
            name='log_unclaimed',
        ),
        migrations.RemoveField(
            model_name='logrow',
            name='batch',
        ),
    ]
