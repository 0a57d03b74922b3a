"""Addresses of the catalogue of data, below /data/."""

from django.urls import path, re_path

from portal import data_views

urlpatterns = [
    path("", data_views.catalogue, name="data"),
    path("<slug:name>/", data_views.dataset, name="dataset"),
    re_path(
        r"^(?P<name>[-a-z0-9]+)/current\.(?P<form>csv|xlsx|json)\Z",
        data_views.for_people,
        name="data_file",
    ),
    re_path(
        r"^(?P<name>[-a-z0-9]+)/latest\.csv(?P<ending>\.sha256)?\Z",
        data_views.LatestView.as_view(),
        name="data_latest",
    ),
    path("<slug:name>/<int:version>.csv", data_views.DumpView.as_view(), name="data_dump"),
    path(
        "<slug:name>/<int:version>.csv.sha256",
        data_views.ChecksumView.as_view(),
        name="data_checksum",
    ),
]
