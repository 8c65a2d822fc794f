"""The page of a learner's progress: what talks hold of it, its evidence, its parts."""
