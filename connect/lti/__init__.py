"""LTI 1.3 Advantage: people arrive from learning platforms, marks and rosters go between.

``login`` begins an arrival and ``launch`` checks the platform's answer; ``people`` finds
out who arrived, ``courses`` where they belong, ``linking`` offers work to be placed in a
course, ``roster`` reads who is in one. Errors are LtiProblem: a code, and words for people.
"""
