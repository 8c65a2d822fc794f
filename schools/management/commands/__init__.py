"""Commands about schools, one a module."""
