"""Addresses of the API: the table, the schema with its page, each resource's list and details, and no page else.

Read after every app is ready, when all resources are registered.
"""

from django.urls import path, re_path

from portal.api.changefacts import ChangeFactsView
from portal.api.docs import SchemaView, docs
from portal.api.resources import resources
from portal.api.search import SearchView
from portal.api.views import DetailView, ListView, NowhereView, RootView


def _addresses(resource):
    given = {"resource": resource}
    yield path(f"{resource.name}/", ListView.as_view(**given), name=f"api_{resource.name}")
    detail = f"{resource.name}/<str:{resource.key}>/"
    yield path(detail, DetailView.as_view(**given), name=f"api_{resource.name}_detail")


urlpatterns = [
    path("", RootView.as_view(), name="api_root"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", docs, name="api_docs"),
    path("search/", SearchView.as_view(), name="api_search"),
    path("changes/<str:sequence>/facts/", ChangeFactsView.as_view(), name="api_change_facts"),
    *(address for resource in resources() for address in _addresses(resource)),
    # Only addresses with a slash at the end: one without is led there by Django first.
    re_path(r"^(?:.*/)$", NowhereView.as_view()),
]
