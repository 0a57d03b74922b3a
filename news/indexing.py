"""What of the news search knows: people and topics that have a public story, by their names."""

from news.models import Person, Topic
from portal.search.vocabulary import register
from portal.search.wordlists import Words


def _names_of(found):
    """Return the source of the names that `found` asks for: of those that a reader would find by them."""
    return Words(
        lambda: ((found(), ("name",)),),
        lambda: [(name,) for name in found().values_list("name", flat=True)],
    )


def register_all():
    """Teach search this floor's words; called once when the app is ready."""
    for model in (Person, Topic):
        register(_names_of(model.objects.public))
