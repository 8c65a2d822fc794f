"""Runs inside the environment: weights, database, courses, demo data, in one process.

One process because each start of Django costs a second, and a second start of the
platform should be quick.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Prepare what the server needs. Returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    from django.conf import settings

    try:
        print("* Checking the model weights", flush=True)
        call_command("fetch_models")
        print("* Preparing the database", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
        print("* Looking after the courses", flush=True)
        _import_courses()
        call_command("load_rubrics")
        if settings.DEBUG:
            call_command("seed_demo")
        else:
            # The demo's passwords are public: nobody gets them outside of a trial.
            call_command("collectstatic", verbosity=0, interactive=False)
    except CommandError as error:
        sys.stdout.flush()
        print(f"\n{error}", file=sys.stderr)
        return error.returncode
    except PermissionError as error:
        print(f"\nNot allowed to write {error.filename}.", file=sys.stderr)
        return 1
    return 0


def _import_courses() -> None:
    """Bring new versions of courses in; one that cannot be leaves the catalogue as it is."""
    from django.core.management import CommandError, call_command

    try:
        call_command("import_lessons")
    except CommandError as error:
        print(f"  {error} The platform starts with what was there before.")


if __name__ == "__main__":
    sys.exit(main())
