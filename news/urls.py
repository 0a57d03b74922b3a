"""Addresses of the news floor that are no Wagtail pages."""

from django.urls import path

from news import place_views, views

urlpatterns = [
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("places/<slug:code>/", place_views.place, name="place"),
    path("places/<slug:code>/card.png", place_views.card, name="place_card"),
    path("search/", views.search, name="search"),
    path("report/", views.error_report, name="error_report"),
    path("report/<slug:number>/", views.error_report_status, name="error_report_status"),
]
