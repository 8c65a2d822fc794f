"""Marks go back to the platforms that people came from (LTI Assignment and Grade Services)."""
