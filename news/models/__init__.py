"""The models of the news floor, a module for each thing that has its own reason to change."""

from news.models.archive import ArchivedStory
from news.models.articles import ArticleCredit, ArticlePage, ArticleQuerySet
from news.models.people import Person, Topic
from news.models.reports import ErrorReport
from news.models.sections import FrontSlot, HomePage, NewsIndexPage, PlainPage, SectionPage
from news.models.slugs import DaySequence

__all__ = [
    "ArchivedStory",
    "ArticleCredit",
    "ArticlePage",
    "ArticleQuerySet",
    "DaySequence",
    "ErrorReport",
    "FrontSlot",
    "HomePage",
    "NewsIndexPage",
    "Person",
    "PlainPage",
    "SectionPage",
    "Topic",
]
