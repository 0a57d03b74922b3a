"""Registers the import of pages at the desk, and what the log calls stories from an old site."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from news.archive.archiving import LOG_ACTION
from news.importing import views as importing_views
from news.viewsets import sections_open_to


class ImportMenuItem(MenuItem):
    """Shown to whoever may begin a story somewhere."""

    def is_shown(self, request):
        return bool(sections_open_to(request.user))


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("import-page/", importing_views.give_page, name="import_page"),
        path("import-page/save/", importing_views.save_stories, name="import_page_save"),
        path("import-page/done/", importing_views.show_saved, name="import_page_done"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item():
    return ImportMenuItem(
        "从版面导入", reverse("import_page"), name="import-page", icon_name="doc-empty", order=20
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(LOG_ACTION, "从旧站导入", "从旧站档案导入")
