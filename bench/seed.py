"""Makes learners with a session each; prints how to join them. Run by BenchServer."""

from __future__ import annotations

import json
import sys
from importlib import import_module


def main() -> None:
    """Migrate and make as many seats as asked for."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    # Models can be imported only now.
    people = import_module("bench.people")
    seats = [people.make_seat(i) for i in range(int(sys.argv[1]))]
    print(json.dumps(seats))  # noqa: T201


if __name__ == "__main__":
    main()
