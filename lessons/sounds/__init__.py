"""The sounds of the languages taught here: how each is made, what to listen for.

Plain data with a loader that refuses what is wrong; nothing here knows Django, a learner
or a score.
"""
