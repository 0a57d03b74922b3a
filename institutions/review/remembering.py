"""Judgements remembered: which printed name is, and which is not, which institution.

Knows when an editor's decision about a name is worth remembering, and for which city. The next notice's
matching uses it (`institutions.knownnames`). Hides the rows.
"""

from institutions.models import Match
from portal.names import fold


def judge_same(name, city, institution, *, by):
    """Remember that `name`, printed in a notice of `city`, is this institution; an earlier other one goes."""
    key = fold(name)
    rows = Match.objects.filter(key=key, city=city)
    rows.filter(same=True).exclude(institution=institution).delete()
    Match.objects.update_or_create(
        key=key,
        city=city,
        institution=institution,
        defaults={"printed": name, "same": True, "by": by},
    )


def judge_different(name, city, institutions, *, by):
    """Remember that `name`, printed in a notice of `city`, is none of these institutions."""
    for institution in institutions:
        Match.objects.update_or_create(
            key=fold(name),
            city=city,
            institution=institution,
            defaults={"printed": name, "same": False, "by": by},
        )
