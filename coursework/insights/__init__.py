"""What a teacher sees of a class: who is stuck, on what, and what to do next."""
