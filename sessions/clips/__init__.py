"""Videos of lessons: what is said in them, who makes them, where they are kept."""
