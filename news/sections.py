"""Which section is meant by a name, and in which of them one may begin a story.

Both work on what the desk has; what readers see of the sections is in `news.lists`.
"""

from collections import Counter

from news.models import SectionPage


def sections_by_name():
    """Return sections under their addresses and titles; a title that two of them bear is left out."""
    sections = list(SectionPage.objects.order_by("path"))
    bearers = Counter(section.title for section in sections)
    titles = {section.title: section for section in sections if bearers[section.title] == 1}
    return titles | {section.slug: section for section in sections}


def sections_open_to(user):
    """Return the sections in which this account may begin a story, in the order of the tree."""
    return [
        section
        for section in SectionPage.objects.order_by("path")
        if section.permissions_for_user(user).can_add_subpage()
    ]
