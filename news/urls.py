"""Addresses of the news floor that are no Wagtail pages."""

from django.urls import path

from news import views

urlpatterns = [
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("search/", views.search, name="search"),
    path("report/", views.error_report, name="error_report"),
    path("report/<slug:number>/", views.error_report_status, name="error_report_status"),
]
