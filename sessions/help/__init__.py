"""Help while talking, as the pages get it: ``tutor.help`` with a model, manners and a memory.

``desk`` answers; ``polite`` asks the model only while no turn needs it; ``kept`` remembers
answers for a while, in memory alone.
"""
