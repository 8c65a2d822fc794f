"""Words that learners keep from a talk."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0005_talk_access"),
    ]

    operations = [
        migrations.AddField("vocabularyitem", "kept_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("vocabularyitem", "kept_meaning", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("vocabularyitem", "kept_source", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField("vocabularyitem", "kept_sentence", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("vocabularyitem", "kept_session", models.UUIDField(blank=True, null=True)),
    ]
