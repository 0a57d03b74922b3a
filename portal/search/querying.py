"""Wagtail's query objects as conditions on the index, and their results; the same on both databases.

A string is what a reader typed (`portal.search.language`); `and`, `or`, `not`, phrase and everything are
Wagtail's. Matches are found first, in the index alone; then the objects are fetched by their keys.
"""

from collections import OrderedDict
from functools import reduce
from operator import and_, or_

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast
from modelsearch.backends.base import BaseSearchQueryCompiler, BaseSearchResults, FilterFieldError
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from portal.search.entries import TITLE_BOOST
from portal.search.language import parse
from portal.search.matching import completes, contains, entitles, worth
from portal.search.tokens import phrase

EVERYTHING = Q()
NOTHING = Q(pk__in=())


def entries_of(model):
    """Return the index's entries of a model and its children.

    The sum keeps SQLite from walking all entries of a type before it looks at the words.
    """
    kinds = get_descendants_content_types_pks(model)
    return IndexEntry.objects.annotate(kind=F("content_type_id") + Value(0)).filter(kind__in=kinds)


def _pks_as_text(queryset):
    return queryset.order_by().annotate(_key=Cast("pk", CharField(max_length=50))).values("_key")


def _offers(model, phrase):
    """Return the condition under which an entry of the model is offered while a phrase is being typed.

    Of pages, and of models that say `offers_its_text`, the whole text counts: an editor at the desk looks for a
    story by any word that stands in it.
    """
    offered = completes(phrase)
    whole = issubclass(model, Page) or getattr(model, "offers_its_text", False)
    return offered | contains(phrase) if whole else offered


def offered(objects, typed):
    """Return those of `objects` that are offered for what is typed, as a QuerySet in its own order.

    Unlike Wagtail's own search it takes any condition that `objects` has, and more can be set after it.
    """
    phrases = parse(typed).phrases
    if not phrases:
        return objects.none()
    conditions = (_offers(objects.model, each) for each in phrases)
    found = entries_of(objects.model).filter(reduce(and_, conditions))
    keys = objects.model._base_manager.annotate(_key=Cast("pk", CharField(max_length=50)))
    return objects.filter(pk__in=keys.filter(_key__in=found.values("object_id")).values("pk"))


class QueryCompiler(BaseSearchQueryCompiler):
    """One query on one queryset: which entries match, and in which order."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def _condition_of(self, found):
        titles = {
            field.field_name
            for field in self.queryset.model.get_searchable_search_fields()
            if field.field_name == "title" or (field.boost or 1) >= TITLE_BOOST
        }
        return entitles(found) if self.fields and set(self.fields) <= titles else contains(found)

    def _phrases(self, query):
        if isinstance(query, Phrase):
            found = phrase(query.query_string)
            return (found,) if found else ()
        return parse(query.query_string).phrases

    def condition(self, query):
        """Return the condition that Wagtail's `query` sets on an entry."""
        if isinstance(query, PlainText | Phrase):
            join = or_ if getattr(query, "operator", "and") == "or" else and_
            found = [self._condition_of(each) for each in self._phrases(query)]
            return reduce(join, found) if found else NOTHING
        if isinstance(query, Boost):
            return self.condition(query.subquery)
        if isinstance(query, MatchAll):
            return EVERYTHING
        if isinstance(query, Not):
            inner = self.condition(query.subquery)
            return (
                NOTHING
                if inner == EVERYTHING
                else ~Q(pk__in=IndexEntry.objects.filter(inner).values("pk"))
            )
        if isinstance(query, And):
            return reduce(and_, map(self.condition, query.subqueries), EVERYTHING)
        if isinstance(query, Or):
            parts = [self.condition(each) for each in query.subqueries]
            return EVERYTHING if EVERYTHING in parts else reduce(or_, parts, NOTHING)
        raise NotImplementedError(f"本站搜索不支持 {type(query).__name__} 查询。")

    def _wanted(self, query, boost=1.0):
        """Return (phrase, its boost) for the phrases that a match holds, not for those that it must not hold."""
        if isinstance(query, PlainText | Phrase):
            boost *= getattr(query, "boost", 1.0)
            return [(found, boost) for found in self._phrases(query)]
        if isinstance(query, Boost):
            return self._wanted(query.subquery, boost * query.boost)
        inner = query.subqueries if isinstance(query, And | Or) else ()
        return [found for each in inner for found in self._wanted(each, boost)]

    def matches(self):
        """Return the matching entries, without order."""
        return entries_of(self.queryset.model).filter(self.condition(self.query))

    def ranked(self):
        """Return the matching entries of the queryset's objects: title before lead before body, then newest."""
        wanted = self._wanted(self.query)
        rank = sum((worth(each) * Value(boost) for each, boost in wanted), Value(0.0))
        # A queryset that has no condition of its own holds every entry's object.
        entries = self.matches()
        if self.queryset.query.where or self.queryset.query.is_sliced:
            entries = entries.filter(object_id__in=_pks_as_text(self.queryset))
        return entries.annotate(rank=rank).order_by("-rank", "-title_norm", "-pk")

    def chosen(self):
        """Return the queryset's objects that match, in the queryset's own order."""
        if isinstance(self.query, MatchAll):
            return self.queryset
        return self.queryset.annotate(_key=Cast("pk", CharField(max_length=50))).filter(
            _key__in=self.matches().values("object_id")
        )


class CompletionCompiler(QueryCompiler):
    """The same while the last word is still being typed, on the fields that are offered for it."""

    def _condition_of(self, found):
        return _offers(self.queryset.model, found)


class Results(BaseSearchResults):
    """The objects that match: by relevance, or in the queryset's order when it was asked for."""

    supports_facet = True

    def _do_search(self):
        compiler = self.query_compiler
        if isinstance(compiler.query, MatchAll) or not compiler.order_by_relevance:
            return self._in_own_order(compiler)
        ranked = compiler.ranked().values_list("object_id", "rank")[self.start : self.stop]
        rank_of = {compiler.queryset.model._meta.pk.to_python(key): rank for key, rank in ranked}
        objects = compiler.queryset.order_by().in_bulk(list(rank_of)) if rank_of else {}
        found = [objects[key] for key in rank_of if key in objects]
        for each in found:
            if self._score_field:
                setattr(each, self._score_field, rank_of[each.pk])
        return found

    def _in_own_order(self, compiler):
        objects = compiler.chosen()
        if not objects.ordered:
            objects = objects.order_by("-pk")
        if self._score_field:
            objects = objects.annotate(**{self._score_field: Value(0.0)})
        return list(objects[self.start : self.stop])

    def _do_count(self):
        return self.query_compiler.chosen()[self.start : self.stop].count()

    def facet(self, field_name):
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f"搜索结果不能按“{field_name}”分面：{self.model.__name__} 没有为它声明 FilterField。",
                field_name=field_name,
            )
        counted = (
            self.query_compiler.chosen()
            .order_by()
            .values(field_name)
            .annotate(count=Count("pk"))
            .order_by("-count")
        )
        return OrderedDict((row[field_name], row["count"]) for row in counted)
