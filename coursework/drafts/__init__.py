"""The tutor's draft of a mark: computed from what is stored, by rule, and never guessed.

``facts`` is what was stored of a submission, ``measures`` make a number with its uncertainty
of it, ``drafting`` puts numbers into a rubric's levels and adds them up, ``trouble`` says
what a teacher should look at. All of it is plain Python but ``reading``, which fetches the
facts. The rules, and what they cannot do, stand in docs/reviewing.md.
"""
