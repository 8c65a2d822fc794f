"""Courses edited on the site: drafts of a new version, their forms, publishing."""
