"""Figures of days, summed up once a day is over, and who saw the site as somebody else.

A LearnerDay, a StageDay and a CountDay are of one day, one scope (the whole site or a
school) and one course; a RolledDay says that a day of a scope is summed up. A DataExport is
on its way to a file of everything that is kept of a learner, an ErasureRequest says that an
account shall go.
"""

from .data_export import DataExport
from .day_figures import CountDay, LearnerDay, RolledDay, StageDay
from .erasure_request import ErasureRequest
from .impersonation import Impersonation

__all__ = [
    "CountDay",
    "DataExport",
    "ErasureRequest",
    "Impersonation",
    "LearnerDay",
    "RolledDay",
    "StageDay",
]
