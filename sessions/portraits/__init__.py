"""Portraits of tutors: looked at when they come, prepared to speak in talks, forgotten."""
