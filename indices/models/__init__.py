"""What the indices store, a module for each thing that has its own reason to change."""

from indices.models.comparing import Comparability
from indices.models.dimensions import Dimension, EditionDimension
from indices.models.editions import Edition, EditionPublisher, EditionQuerySet
from indices.models.judgements import PlaceJudgement
from indices.models.releases import Release, ReleaseLine, ReleaseLineQuerySet, ReleaseQuerySet
from indices.models.scores import Score, ScoreQuerySet
from indices.models.series import Index, IndexQuerySet
from indices.models.stating import CONTENT, Stated, Status

__all__ = [
    "CONTENT",
    "Comparability",
    "Dimension",
    "Edition",
    "EditionDimension",
    "EditionPublisher",
    "EditionQuerySet",
    "Index",
    "IndexQuerySet",
    "PlaceJudgement",
    "Release",
    "ReleaseLine",
    "ReleaseLineQuerySet",
    "ReleaseQuerySet",
    "Score",
    "ScoreQuerySet",
    "Stated",
    "Status",
]
