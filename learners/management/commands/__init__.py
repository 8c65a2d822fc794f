"""Commands about people, one a module."""
