"""Courses as YAML files: their format, reading with line numbers, checks, import."""
