"""The desk's list of source documents: drafts are looked through and published, published ones are shown.

Neither has a form of Wagtail's own; the app gives the screens of one document. Hides the addresses and what
the list offers for a draft and for a published document.
"""

from django.urls import path, reverse
from wagtail.admin.widgets.button import Button

from portal.viewsets import NameListViewSet, RelatedIndexView


def is_published(document):
    """Whether a document was published: then its state is shown in colour."""
    return document.published_at is not None


class DocumentIndexView(RelatedIndexView):
    """All documents of a kind, the latest first."""

    def get_list_more_buttons(self, instance):
        """Offer for a draft its page and its deletion, for a published one a look; for both the history."""
        published = is_published(instance)
        history = reverse(f"{self.model._meta.model_name}:history", args=[instance.pk])
        offered = [
            ("查看" if published else "核对", self.get_edit_url(instance), "edit"),
            ("历史", history, "history"),
            ("删除草稿", None if published else self.get_delete_url(instance), "bin"),
        ]
        return [
            Button(
                label,
                url=url,
                icon_name=icon,
                priority=10 * place,
                attrs={"aria-label": f"{label}“{instance}”"},
            )
            for place, (label, url, icon) in enumerate(offered, start=1)
            if url
        ]


class DocumentViewSet(NameListViewSet):
    """The screens of one kind of document, named after its model.

    `begin` is the view that starts a draft; `screens` are (tail, view, name) under one document's address,
    `edit` and `delete` among the names.
    """

    icon = "doc-full"
    menu_order = 10
    add_to_settings_menu = False
    add_to_reference_index = False
    index_view_class = DocumentIndexView
    ordering = ["-pk"]
    form_fields = []
    begin = None
    screens = ()

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.begin, name="add"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            path("usage/<int:pk>/", self.usage_view, name="usage"),
            *(path(f"edit/<int:pk>/{tail}", view, name=name) for tail, view, name in self.screens),
        ]
