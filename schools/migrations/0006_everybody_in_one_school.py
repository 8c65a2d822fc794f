"""Sites with teachers and no school get one, so that nobody loses whom they answered for."""

from collections import Counter

from django.db import migrations
from django.utils import timezone

A_TIME = 1000


def gather(apps, schema_editor):
    """Put everybody in one class, which all teachers of the site teach."""
    school_model = apps.get_model("schools", "School")
    people = apps.get_model("learners", "User").objects
    teachers = list(people.filter(role="TEACHER"))
    learners = list(people.filter(role="LEARNER"))
    if school_model.objects.exists() or not teachers or not learners:
        return
    now = timezone.now()
    profiles = apps.get_model("learners", "LearnerProfile").objects
    languages = Counter(
        profiles.filter(user__role="LEARNER").values_list("l2", flat=True)
    )
    school = school_model.objects.create(
        key="our-school", name="Our school", created_at=now
    )
    classroom = apps.get_model("schools", "Classroom").objects.create(
        school=school,
        name="Our class",
        l2=languages.most_common(1)[0][0] if languages else "en",
        created_at=now,
    )
    membership = apps.get_model("schools", "Membership")
    membership.objects.bulk_create(
        [
            membership(school=school, user=person, role=person.role, joined_at=now)
            for person in (*teachers, *learners)
        ],
        batch_size=A_TIME,
    )
    taught = apps.get_model("schools", "ClassTeacher")
    taught.objects.bulk_create(
        [
            taught(classroom=classroom, teacher=person, is_lead=not n, added_at=now)
            for n, person in enumerate(teachers)
        ],
        batch_size=A_TIME,
    )
    enrolment = apps.get_model("schools", "Enrolment")
    enrolment.objects.bulk_create(
        [
            enrolment(classroom=classroom, learner=person, enrolled_at=now)
            for person in learners
        ],
        batch_size=A_TIME,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0005_invitations_and_rosters"),
        ("learners", "0014_consents_and_guardians"),
    ]

    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
