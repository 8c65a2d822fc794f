from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0010_the_language_of_pages"),
    ]

    operations = [
        migrations.RemoveField(model_name="placementtest", name="session"),
        migrations.AddField(
            model_name="placementtest",
            name="reading_score",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="placementtest",
            name="talk_rank",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="placementtest",
            name="talk_text",
            field=models.TextField(blank=True, default=""),
        ),
    ]
