"""The lists from which an editor chooses an index series or an edition, with what readers see of it in words."""

from django.db.models import Exists, OuterRef
from wagtail.admin.ui.tables import Column

from indices.choosers import EditionChooser, IndexChooser
from indices.models import Edition, Index
from portal.viewsets import NameChooserViewSet


def with_publicity(editions):
    """Return these editions, each with `is_public`: whether readers see it now."""
    return editions.annotate(is_public=Exists(Edition.objects.public().filter(pk=OuterRef("pk"))))


def edition_state(edition):
    """Return whether readers see an edition that has its `is_public`: 已公开, 未解禁 or 未公开."""
    if edition.is_public:
        return "已公开"
    return "未解禁" if edition.is_embargoed else "未公开"


class IndexChooserViewSet(NameChooserViewSet):
    """Index series to be chosen."""

    model = Index
    icon = IndexChooser.icon
    register_widget = False
    ordering = ("position", "code")
    choose_one_text = IndexChooser.choose_one_text
    more_columns = (Column("code", label="代码"),)


class EditionChooserViewSet(NameChooserViewSet):
    """Editions to be chosen, found by their series, label or report; the newest of each series first."""

    model = Edition
    icon = EditionChooser.icon
    register_widget = False
    ordering = Edition._meta.ordering
    name_label = "版次"
    choose_one_text = EditionChooser.choose_one_text
    more_columns = (
        # A chooser's own first column bears the name "title".
        Column("report", label="报告名称", accessor="title"),
        Column("state", label="状态", accessor=edition_state),
    )

    def get_object_list(self):
        return with_publicity(Edition.objects.select_related("index").defer("method"))
