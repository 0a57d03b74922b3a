"""The front page: what editors chose, filled up by rule.

The rule: a slot keeps its story while that is public and the slot's time is not over. The top holds as
many stories as editors chose, three at least and five at most; what they left open goes to the newest
public stories not there yet, so that a small site keeps some for its sections. What stands on top stands
nowhere else. The list of the newest is a clock of titles, and may name a story that its section shows too.
"""

from django.db.models import F, Window
from django.db.models.functions import RowNumber, Substr
from django.utils import timezone

from news.lists import sections_of, with_sections
from news.models import ArticlePage

FEWEST_ON_TOP = 3
MOST_ON_TOP = 5
NEWEST = 10
PER_SECTION = 4


def fill_slots(chosen, newest, size):
    """Return `size` stories: the chosen ones in order, then the newest not yet among them.

    Pure; both lists hold things with a `pk`. Fewer come back when there are not enough.
    """
    filled, seen = [], set()
    for story in [*chosen, *newest]:
        if len(filled) == size:
            break
        if story.pk not in seen:
            seen.add(story.pk)
            filled.append(story)
    return filled


def size_of_top(chosen):
    """Return how many stories stand on top: as many as were chosen, between three and five. Pure."""
    different = len({story.pk for story in chosen})
    return min(max(different, FEWEST_ON_TOP), MOST_ON_TOP)


def _chosen(home, at):
    """Return the stories of the slots that are in force, public ones only."""
    slots = [slot for slot in home.slots.all() if not slot.expired(at)]
    public = ArticlePage.objects.published().for_lists().in_bulk([s.article_id for s in slots])
    return [public[slot.article_id] for slot in slots if slot.article_id in public]


def _newest_of_each(sections, on_top):
    """Return {section path: its newest stories that are not `on_top`}, all sections in one query."""
    if not sections:
        return {}
    length = len(sections[0].path)
    section_path = Substr("path", 1, length)
    place = Window(
        RowNumber(),
        partition_by=section_path,
        order_by=[F("first_published_at").desc(), F("pk").desc()],
    )
    # Keys alone go through the window: carrying every story's body along costs a large archive dearly.
    public = ArticlePage.objects.published().order_by().exclude(pk__in=on_top)
    keys = public.annotate(place=place).filter(place__lte=PER_SECTION).values("pk")
    newest = ArticlePage.objects.newest_first().filter(pk__in=keys)
    newest = newest.annotate(section_path=section_path).for_lists()
    by_section = {section.path: [] for section in sections}
    for story in newest:
        if story.section_path in by_section:
            by_section[story.section_path].append(story)
    return by_section


def front_page(home, request):
    """Return the lead stories, the newest stories and each section's newest for the front page."""
    sections = sections_of(request)
    newest = list(ArticlePage.objects.published().for_lists()[: MOST_ON_TOP + NEWEST])
    chosen = _chosen(home, timezone.now())
    top = with_sections(fill_slots(chosen, newest, size_of_top(chosen)), sections)
    top_keys = {story.pk for story in top}
    by_section = _newest_of_each(sections, top_keys)
    return {
        "lead": top[0] if top else None,
        "beside_lead": top[1:],
        "newest": with_sections([s for s in newest if s.pk not in top_keys][:NEWEST], sections),
        "by_section": [
            {"section": section, "stories": with_sections(by_section[section.path], sections)}
            for section in sections
            if by_section[section.path]
        ],
    }
