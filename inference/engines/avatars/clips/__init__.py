"""Videos of a speaking tutor, made in their own time rather than in a talk."""
