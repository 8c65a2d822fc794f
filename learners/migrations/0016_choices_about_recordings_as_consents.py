from django.db import migrations


def forwards(apps, schema_editor):
    profiles = apps.get_model("learners", "LearnerProfile").objects
    consents = apps.get_model("learners", "Consent").objects
    known = set(
        consents.filter(purpose="STORE_VOICE", guardian=None).values_list(
            "learner_id", flat=True
        )
    )
    consent = apps.get_model("learners", "Consent")
    consents.bulk_create(
        [
            consent(
                learner_id=learner,
                purpose="STORE_VOICE",
                is_given=given,
                wording="store-voice-1",
                at=at,
            )
            for learner, given, at in profiles.exclude(
                consent_changed_at=None
            ).values_list("user_id", "stores_recordings", "consent_changed_at")
            if learner not in known
        ],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    """What learners chose about their recordings so far becomes their first consent."""

    dependencies = [("learners", "0015_mails_about_set_work")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
