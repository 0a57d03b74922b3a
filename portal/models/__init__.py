"""What every floor stands on, a module for each thing that has its own reason to change."""

from portal.models.accounts import User
from portal.models.changes import Busy, Change, ChangeQuerySet
from portal.models.identity import SiteIdentity
from portal.models.imports import ImportDraft, ImportDraftQuerySet
from portal.models.organisations import SLUG_RULE, Organisation
from portal.models.pictures import Picture, PictureRendition
from portal.models.places import CODE_RULE, Place, PlaceName, PlaceQuerySet

__all__ = [
    "CODE_RULE",
    "SLUG_RULE",
    "Busy",
    "Change",
    "ChangeQuerySet",
    "ImportDraft",
    "ImportDraftQuerySet",
    "Organisation",
    "Picture",
    "PictureRendition",
    "Place",
    "PlaceName",
    "PlaceQuerySet",
    "SiteIdentity",
    "User",
]
