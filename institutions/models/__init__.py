"""What the register stores, a module for each thing that has its own reason to change."""

from institutions.models.coverages import Coverage
from institutions.models.designations import Designation, Interruption
from institutions.models.institutions import Institution, InstitutionQuerySet
from institutions.models.lines import NoticeLine
from institutions.models.matches import Match
from institutions.models.merges import Merge
from institutions.models.names import InstitutionName
from institutions.models.notices import Notice, NoticeQuerySet
from institutions.models.schemes import Kind, Scheme
from institutions.models.seats import Seat
from institutions.models.steps import ReviewStep

__all__ = [
    "Coverage",
    "Designation",
    "Institution",
    "InstitutionName",
    "InstitutionQuerySet",
    "Interruption",
    "Kind",
    "Match",
    "Merge",
    "Notice",
    "NoticeLine",
    "NoticeQuerySet",
    "ReviewStep",
    "Scheme",
    "Seat",
]
