"""Stories as machines are told of them: what stands around their rows, asked for many at once and only when wanted.

Knows section, byline, topics, words and quoted records of a story. Hides that a page of stories asks for each
of these in a number of queries that does not grow with the stories, and not at all where no column shows it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from news.api.vocabulary import public_sections
from news.models import ArticleCredit, ArticlePage
from news.plaintext import text_of
from news.quoted import records_quoted_in
from news.reading import opening

OPENING = 90


class Batch:
    """Consecutive stories, which are asked about together."""

    def __init__(self, stories):
        self.stories = stories

    @cached_property
    def sections(self):
        """The public sections by their paths."""
        steplen = ArticlePage.steplen
        paths = {story.path[:-steplen] for story in self.stories}
        rows = public_sections().filter(path__in=paths).only("path", "slug", "title")
        return {section.path: section for section in rows}

    @cached_property
    def credits(self):
        """The names over and under each story, in their order."""
        rows = ArticleCredit.objects.filter(page__in=self.stories).select_related("person")
        return _grouped((row.page_id, row) for row in rows.order_by("sort_order", "pk"))

    @cached_property
    def topics(self):
        """The address parts of each story's topics."""
        rows = ArticlePage.topics.through.objects.filter(articlepage__in=self.stories)
        rows = rows.order_by("topic__slug").values_list("articlepage_id", "topic__slug")
        return _grouped(rows)

    @cached_property
    def bodies(self):
        """The body of each story, in its stored form."""
        keys = [story.pk for story in self.stories]
        rows = ArticlePage.objects.filter(pk__in=keys).only("body")
        return {row.pk: row.body for row in rows}

    @cached_property
    def quoted(self):
        """The references of the public records that each story's blocks show."""
        return records_quoted_in([story.pk for story in self.stories])


@dataclass(frozen=True)
class ToldArticle:
    """One public story."""

    story: ArticlePage
    batch: Batch

    @property
    def id(self):
        return self.story.pk

    @property
    def section(self):
        """Its section; None where readers cannot see that."""
        return self.batch.sections.get(self.story.path[: -self.story.steplen])

    @property
    def authors(self):
        """The names over it, each once; of a reprint the author that its source names."""
        if self.story.is_reprint:
            return [self.story.source_author]
        over = (one.name for one in self._credits if not one.belongs_to_desk)
        return list(dict.fromkeys(over))

    @property
    def credits(self):
        """Every name with its role, over and under the story."""
        return [
            {
                "role": one.role,
                "role_label": one.get_role_display(),
                "name": one.name,
                "affiliation": one.affiliation or None,
                "person": one.person.slug if one.person else None,
            }
            for one in self._credits
        ]

    @property
    def topics(self):
        return self.batch.topics.get(self.id, [])

    @property
    def summary(self):
        """The editor's summary, or the opening of the text."""
        return self.story.summary or opening(self.batch.bodies[self.id], OPENING)

    @property
    def text(self):
        return text_of(self.batch.bodies[self.id])

    @property
    def quotes(self):
        return self.batch.quoted.get(self.id, [])

    @property
    def _credits(self):
        return self.batch.credits.get(self.id, ())


def told(stories):
    """Return a ToldArticle for each of these stories."""
    batch = Batch(stories)
    return [ToldArticle(story, batch) for story in stories]


def _grouped(pairs):
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
