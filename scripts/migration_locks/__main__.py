"""Looks at the migrations that are newer than the baseline: ``make check`` runs it.

``--record`` makes all that are there the baseline; only for a release that nobody upgrades to
while people talk.
"""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

BASELINE = Path(__file__).with_name("baseline.txt")


def main() -> int:
    """Return the exit code: 1 if a migration is refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    import django

    django.setup()
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    from .judging import faults
    from .statements import sql_of

    loader = MigrationLoader(None)
    root = Path(__file__).resolve().parents[2]
    own = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).parent == root
    }
    mine = sorted(key for key in loader.disk_migrations if key[0] in own)
    if "--record" in sys.argv:
        BASELINE.write_text("".join(f"{app}.{name}\n" for app, name in mine))
        return 0
    known = set(BASELINE.read_text().split())
    new = [key for key in mine if ".".join(key) not in known]
    refused = 0
    for key in new:
        migration = loader.graph.nodes[key]
        source = inspect.getsource(sys.modules[type(migration).__module__])
        statements = sql_of(migration, loader.project_state(key, at_end=False))
        for fault in faults(statements, source):
            refused += 1
            print(f"{'.'.join(key)}: {fault.rule}: {fault.words}", file=sys.stderr)
    if refused:
        print("docs/developing.md, Migrations, says how else.", file=sys.stderr)
    print(f"{len(new)} new migrations were looked at for locks.")
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main())
