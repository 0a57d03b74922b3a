"""What of the news search knows: people and topics, by their names."""

from news.models import Person, Topic
from portal.search.vocabulary import register
from portal.search.wordlists import Words


def _names_of(model):
    """Return the source of the names of one model, each of which has a page."""
    return Words(
        lambda: ((model.objects.all(), ("name",)),),
        lambda: [(name,) for name in model.objects.values_list("name", flat=True)],
    )


def register_all():
    """Teach search this floor's words; called once when the app is ready."""
    for model in (Person, Topic):
        register(_names_of(model))
