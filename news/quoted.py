"""Which public records a story quotes: those that its published blocks point at.

The other side of `news.quoting`, of the same index: it holds what the published story says, not what a later
draft of it does. A record that readers cannot see is not named.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from indices.models import Edition, Index
from institutions.models import Institution, Notice
from news.models import ArticlePage
from portal.models import Place
from portal.references import describe_many, format_reference

# The kinds of records that blocks point at: how a reference names one, and the field that holds its code.
_KINDS = {
    Edition: ("edition", "pk"),
    Index: ("index", "code"),
    Institution: ("institution", "code"),
    Notice: ("notice", "pk"),
    Place: ("place", "code"),
}


def records_quoted_in(stories):
    """Return {story: [reference, …]} for these keys of stories, sorted; three queries for each kind at most."""
    types = ContentType.objects.get_for_models(ArticlePage, *_KINDS)
    pointing = defaultdict(set)
    rows = ReferenceIndex.objects.filter(
        content_type=types[ArticlePage],
        to_content_type__in=[types[model] for model in _KINDS],
        object_id__in=[str(story) for story in stories],
    )
    for story, kind, record in rows.values_list("object_id", "to_content_type", "to_object_id"):
        pointing[kind, record].add(int(story))
    references = {}
    for model in _KINDS:
        kind = types[model].pk
        keys = [record for pointed, record in pointing if pointed == kind]
        for record, reference in _references(model, keys).items():
            references[reference] = pointing[kind, str(record)]
    quoted = defaultdict(list)
    for reference in sorted(describe_many(references)):
        for story in references[reference]:
            quoted[story].append(reference)
    return quoted


def _references(model, keys):
    """Return {key: reference} of the rows of a model with these keys; no query without keys."""
    name, field = _KINDS[model]
    rows = model.objects.filter(pk__in=keys).order_by().values_list("pk", field) if keys else ()
    return {key: format_reference(name, code) for key, code in rows}
