"""Makes learners with a session each; says how to join them. Run by BenchServer."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Migrate and make as many seats as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--file", type=Path, help="write there, print nothing")
    parser.add_argument(
        "--first", type=int, default=0, help="so many are there already"
    )
    parser.add_argument("--keep-voice", action="store_true", help="they consent")
    options = parser.parse_args()
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    # Models can be imported only now.
    people = import_module("bench.people")
    seats = [
        people.make_seat(i, keeps_voice=options.keep_voice)
        for i in range(options.first, options.first + options.count)
    ]
    if options.file:
        options.file.write_text(json.dumps(seats))
    else:
        print(json.dumps(seats))  # noqa: T201


if __name__ == "__main__":
    main()
