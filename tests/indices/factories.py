"""Rows of the indices for tests: series, editions with dimensions, releases with lines, drafts and published."""

import factory
from factory.django import DjangoModelFactory

from indices.models import Dimension, Edition, EditionDimension, Index, ReleaseLine
from indices.publishing import draft_release, publish
from tests.factories import PlaceFactory, UserFactory


class IndexFactory(DjangoModelFactory):
    class Meta:
        model = Index

    code = factory.Sequence("index-{}".format)
    name = factory.Sequence("第{}指数".format)


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    index = factory.SubFactory(IndexFactory)
    year = factory.Sequence(lambda number: 2000 + number % 100)
    code = factory.LazyAttribute(lambda edition: str(edition.year))
    label = factory.LazyAttribute(lambda edition: str(edition.year))
    source_words = "测试用的报告"


class DimensionFactory(DjangoModelFactory):
    class Meta:
        model = Dimension

    index = factory.SubFactory(IndexFactory)
    code = factory.Sequence("dimension-{}".format)
    name = factory.Sequence("第{}维度".format)


def a_dimension(edition, code="overall", label="总指数", parent=None, **fields):
    """One dimension of an edition, under its overall one unless it is the first."""
    stable, _ = Dimension.objects.get_or_create(
        index=edition.index, code=code, defaults={"name": label}
    )
    if parent is None:
        parent = edition.dimensions.filter(parent=None).first()
    fields.setdefault("position", edition.dimensions.count())
    return EditionDimension.objects.create(
        edition=edition, dimension=stable, label=label, parent=parent, **fields
    )


def a_draft(edition, *lines, by=None, **fields):
    """A draft release; each line is (dimension, place, {content}), or None for the content to retract."""
    release = draft_release(
        edition, by=by or UserFactory(), **{"source_words": "测试用的报告", **fields}
    )
    ReleaseLine.objects.bulk_create(
        ReleaseLine(
            release=release,
            dimension=dimension,
            place=place,
            retracts=content is None,
            **(content or {}),
        )
        for dimension, place, content in lines
    )
    return release


def released(edition, *lines, by=None, **fields):
    """A published release with such lines."""
    by = by or UserFactory()
    return publish(a_draft(edition, *lines, by=by, **fields), by=by)


def a_ranking(edition=None, size=3, **fields):
    """An edition with one overall dimension, published, whose places rank 1 to `size`; return (edition, places)."""
    edition = edition or EditionFactory(**fields)
    overall = edition.dimensions.filter(parent=None).first() or a_dimension(edition)
    places = [PlaceFactory() for _ in range(size)]
    lines = ((overall, place, {"rank": rank}) for rank, place in enumerate(places, 1))
    released(edition, *lines)
    return edition, places
