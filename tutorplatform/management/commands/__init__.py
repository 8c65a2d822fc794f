"""Commands of the whole project, one a module."""
