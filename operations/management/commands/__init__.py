"""Commands of operators, one a module."""
