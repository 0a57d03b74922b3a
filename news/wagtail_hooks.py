"""Registers this floor's screens, menu entries, first page and words of the log; knows nothing itself."""

from django.urls import path
from wagtail import hooks

from news import menu
from news.archive.archiving import LOG_ACTION
from news.dashboard import panels_for
from news.importing import views as importing
from news.viewsets import VIEWSETS

hooks.register("register_admin_menu_item", menu.import_item)
hooks.register("register_admin_menu_item", menu.front_page_item)


@hooks.register("register_admin_viewset")
def screens():
    return VIEWSETS


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("front-page/", menu.edit_front_page, name="front_page"),
        path("import-page/", importing.give_page, name="import_page"),
        path("import-page/save/", importing.save_stories, name="import_page_save"),
        path("import-page/done/", importing.show_saved, name="import_page_done"),
    ]


@hooks.register("construct_homepage_panels")
def work_of_the_day(request, panels):
    panels.extend(panels_for(request.user))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(LOG_ACTION, "从旧站导入", "从旧站档案导入")
