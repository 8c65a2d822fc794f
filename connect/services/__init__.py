"""Writes of what connects other systems, by noun; each leaves an entry in the audit log."""
