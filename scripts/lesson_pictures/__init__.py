"""The pictures of the lessons, drawn as SVG: ``python -m scripts.lesson_pictures``."""
