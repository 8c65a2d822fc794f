"""Whether a talk reached its goals, by rule: reached, not reached, or unclear.

A goal ("I can order a drink and some food") is read as acts that the rules know (ordering a
drink, ordering food). Only a goal that is understood to its last word is judged.
"""

from .judging import GoalFinding, GoalState, GoalTurn, Why, judge_goals

__all__ = ["GoalFinding", "GoalState", "GoalTurn", "Why", "judge_goals"]
