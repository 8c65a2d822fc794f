"""Finding a learner's level with few questions.

Items (``items``) come from a bank that each language has as a file (``bank_file``). What is
believed of a learner is a distribution over abilities (``belief``) on a scale of logits that
the CEFR levels divide (``scale``). After each answer the next item is chosen (``choosing``)
until enough is known; then a level and its neighbours are named (``verdict``). A sentence
read aloud and a minute of talk count a little (``evidence``). Answers of many learners move
the items' difficulties (``refining``).
"""
