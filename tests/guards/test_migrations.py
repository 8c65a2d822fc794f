"""Migrations say what they change."""

from .project_files import ROOT, project_files


def test_no_migration_has_a_machine_made_name() -> None:
    unnamed = [
        str(path.relative_to(ROOT))
        for path in project_files()
        if path.parent.name == "migrations" and "_auto_" in path.name
    ]
    assert unnamed == []
