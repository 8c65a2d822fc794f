"""Figures of days, summed up once a day is over, and who saw the site as somebody else.

A LearnerDay, a StageDay and a CountDay are of one day, one scope (the whole site or a
school) and one course; a RolledDay says that a day of a scope is summed up.
"""

from .day_figures import CountDay, LearnerDay, RolledDay, StageDay
from .impersonation import Impersonation

__all__ = ["CountDay", "Impersonation", "LearnerDay", "RolledDay", "StageDay"]
