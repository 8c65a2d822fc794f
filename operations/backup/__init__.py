"""Backup and restore of the database and of all private files, as one thing.

``making`` makes a backup, ``restoring`` puts one back. ``repository`` keeps backups (restic),
``postgres`` and ``sqlite`` read and write databases, ``manifest`` says what belongs to a
backup, ``files`` holds private files still while they are read.
"""
