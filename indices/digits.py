"""To how many decimals a dimension's scores are printed: as many as the report prints, 4.00 and not 4.

Whoever writes lines notes what the report prints; readers see nothing of it before something is published,
and publication makes room for all digits of what it states.
"""

from django.db.models import Exists, OuterRef, Q

from indices.models import EditionDimension, Score

_CHUNK = 10_000


def note_printed(digits):
    """Let dimensions of which nothing was ever published print at least {primary key: digits}; one query each."""
    scores = Score.objects.filter(dimension=OuterRef("pk"), value__isnull=False)
    for dimension, most in digits.items():
        rows = EditionDimension.objects.filter(~Exists(scores), pk=dimension)
        rows.filter(Q(decimals__lt=most) | Q(decimals__isnull=True)).update(decimals=most)


def fit(release):
    """Let the dimensions of a release that is being published print every digit of its scores."""
    narrow = dict(release.edition.dimensions.filter(decimals__lt=6).values_list("pk", "decimals"))
    values = release.lines.filter(dimension__in=narrow, value__isnull=False).order_by()
    most = {}
    for dimension, value in values.values_list("dimension", "value").iterator(chunk_size=_CHUNK):
        digits = -value.normalize().as_tuple().exponent
        if digits > most.get(dimension, narrow[dimension]):
            most[dimension] = digits
    for dimension, digits in most.items():
        EditionDimension.objects.filter(pk=dimension).update(decimals=digits)
