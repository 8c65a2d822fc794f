"""Runs inside the environment: weights, database, demo data, in one process.

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


if __name__ == "__main__":
    sys.exit(main())
