"""What a talk showed: for the learner in plain words, for teachers with the evidence."""
