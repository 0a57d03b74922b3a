"""What every floor stands on, a module for each thing that has its own reason to change."""

from portal.models.accounts import User
from portal.models.changes import Busy, Change, ChangeQuerySet
from portal.models.dumps import Dump
from portal.models.identity import SiteIdentity
from portal.models.imports import ImportDraft, ImportDraftQuerySet
from portal.models.organisations import SLUG_RULE, Organisation
from portal.models.pictures import Picture, PictureRendition
from portal.models.places import CODE_RULE, Place, PlaceName, PlaceQuerySet
from portal.models.synonyms import Synonym

__all__ = [
    "CODE_RULE",
    "SLUG_RULE",
    "Busy",
    "Change",
    "ChangeQuerySet",
    "Dump",
    "ImportDraft",
    "ImportDraftQuerySet",
    "Organisation",
    "Picture",
    "PictureRendition",
    "Place",
    "PlaceName",
    "PlaceQuerySet",
    "SiteIdentity",
    "Synonym",
    "User",
]
