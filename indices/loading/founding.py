"""New series and editions in one step each, as the commands make them; organisations come along by name.

Making the same twice says that it is there and changes nothing.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from indices.models import Dimension, Edition, EditionDimension, EditionPublisher, Index
from portal.models import Organisation
from portal.names import pinyin_slug

_LONGEST_CODE = 50


@dataclass(frozen=True)
class NewDimension:
    """One dimension of a new edition; the first of a list is the overall one."""

    code: str
    label: str
    weight: Decimal | None = None


def refusal_words(error):
    """Return what a ValidationError of these rows says, each fault with the Chinese name of its field."""
    if not hasattr(error, "error_dict"):
        return "".join(error.messages)
    words = []
    for name, messages in error.message_dict.items():
        owners = (model for model in (Edition, EditionDimension, Index) if hasattr(model, name))
        owner = next(owners, None)
        label = f"“{owner._meta.get_field(name).verbose_name}”：" if owner else ""
        words.append(label + "".join(messages))
    return "".join(words)


def organisation_named(name):
    """Return the organisation of that name (or short name), made when there is none.

    Raises ValidationError for a name that cannot be one, or a short name that several bear.
    """
    name = " ".join(name.split())
    found = list(Organisation.objects.filter(Q(name=name) | Q(short_name=name))[:2])
    exact = [row for row in found if row.name == name]
    if len(exact or found) > 1:
        raise ValidationError(f"有几个机构都简称“{name}”，请写全称。")
    if found:
        return (exact or found)[0]
    plain = pinyin_slug(name, _LONGEST_CODE) or "organisation"
    code, number = plain, 2
    while Organisation.objects.filter(code=code).exists():
        code, number = f"{plain[: _LONGEST_CODE - 4].rstrip('-')}-{number}", number + 1
    made = Organisation(code=code, name=name)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def create_index(*, code, name, compilers=(), **fields):
    """Return (the series with that code, whether it was made now). Raises ValidationError."""
    standing = Index.objects.filter(code=code).first()
    if standing is not None:
        return standing, False
    index = Index(code=code, name=name, **fields)
    index.full_clean()
    index.save()
    index.compilers.set([organisation_named(one) for one in compilers])
    return index, True


@transaction.atomic
def create_edition(index, *, label, code, publishers=(), dimensions=(), **fields):
    """Return (the edition with that code or label, whether it was made now), with publishers and dimensions.

    Raises ValidationError.
    """
    standing = index.editions.filter(Q(code=code) | Q(label=label)).order_by("pk").first()
    if standing is not None:
        return standing, False
    edition = Edition(index=index, label=label, code=code, **fields)
    edition.full_clean()
    edition.save()
    for order, name in enumerate(publishers):
        organisation = organisation_named(name)
        EditionPublisher.objects.create(
            edition=edition, organisation=organisation, sort_order=order
        )
    root = None
    for position, new in enumerate(dimensions):
        row = _dimension(edition, new, root, position)
        root = root or row
    return edition, True


def _dimension(edition, new, root, position):
    stable = edition.index.dimensions.filter(code=new.code).first()
    if stable is None:
        stable = Dimension(index=edition.index, code=new.code, name=new.label)
        stable.full_clean()
        stable.save()
    row = EditionDimension(
        edition=edition,
        dimension=stable,
        label=new.label,
        weight=new.weight,
        parent=root,
        position=position,
    )
    row.full_clean()
    row.save()
    return row
