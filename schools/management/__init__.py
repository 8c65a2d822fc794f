"""Commands about schools."""
