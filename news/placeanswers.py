"""The direct answer to a query that is a place's name and nothing else: where all that is known of it stands."""

from indices.quotable.profiles import profiles_of
from news.places import card_words, known_places
from portal.search.answering import DirectAnswer, parts_of
from portal.search.placenames import places_named
from portal.search.tokens import flat


def answer_place(typed, _vocabulary):
    """Return the answer for the one place of this name of which anything is known; None for none or several."""
    whole = flat(typed).strip()
    named = places_named({whole} & parts_of(typed)).get(whole)
    found = list(known_places().filter(pk__in=named).select_related("parent")[:2]) if named else []
    if len(found) != 1:
        return None
    place = found[0]
    rows = card_words(place, profiles_of(place), site="")["rows"]
    return DirectAnswer("news/place_answer.html", {"place": place, "rows": rows})
