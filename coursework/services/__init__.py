"""Writes of set work, by noun; each leaves an entry in the audit log."""
