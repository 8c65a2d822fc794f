"""What a talk shall bring in."""
