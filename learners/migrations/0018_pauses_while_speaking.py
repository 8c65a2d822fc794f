from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0017_tutor_voices'),
    ]

    operations = [
        migrations.AddField(
            model_name='learnerprofile',
            name='pauses',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]
