from django.db import migrations

from schools.append_only import protect, unprotect


def forwards(apps, schema_editor):
    protect(schema_editor.connection)


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    """The database refuses to change or delete what the audit log holds."""

    dependencies = [("schools", "0001_schools_classes_people_audit")]

    operations = [migrations.RunPython(forwards, backwards)]
