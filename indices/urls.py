"""Addresses of the indices: all series, the comparison, one series, one edition with its card and its releases."""

from django.urls import path

from indices import api, feeds, views

urlpatterns = [
    path("api/v1/indices/movement/", api.MovementView.as_view(), name="index_movement_api"),
    path("feeds/indices/<slug:index>.atom", feeds.index, name="index_feed"),
    path("indices/", views.series, name="indices"),
    path("indices/compare/", views.compare, name="index_compare"),
    path("indices/<slug:index>/", views.index, name="index"),
    path("indices/<slug:index>/<slug:edition>/", views.edition, name="edition"),
    path("indices/<slug:index>/<slug:edition>/card.png", views.card, name="edition_card"),
    path("indices/<slug:index>/<slug:edition>/releases/<int:pk>/", views.release, name="release"),
]
