"""Addresses of the catalogue of data, below /data/."""

from django.urls import path, re_path

from portal.opendata import views

urlpatterns = [
    path("", views.catalogue, name="data"),
    path("<slug:name>/", views.dataset, name="dataset"),
    re_path(
        r"^(?P<name>[-a-z0-9]+)/current\.(?P<form>csv|xlsx|json)\Z",
        views.for_people,
        name="data_file",
    ),
    re_path(
        r"^(?P<name>[-a-z0-9]+)/latest\.csv(?P<ending>\.sha256)?\Z",
        views.LatestView.as_view(),
        name="data_latest",
    ),
    path("<slug:name>/<int:version>.csv", views.DumpView.as_view(), name="data_dump"),
    path(
        "<slug:name>/<int:version>.csv.sha256",
        views.ChecksumView.as_view(),
        name="data_checksum",
    ),
]
