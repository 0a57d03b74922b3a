"""Addresses of the news floor that are no Wagtail pages."""

from django.urls import path

from news import cards, feeds, place_views, views

urlpatterns = [
    path("feeds/news.atom", feeds.site, name="site_feed"),
    path("feeds/sections/<slug:slug>.atom", feeds.section, name="section_feed"),
    path("feeds/topics/<slug:slug>.atom", feeds.topic, name="topic_feed"),
    path("feeds/people/<slug:slug>.atom", feeds.person, name="person_feed"),
    path("feeds/places/<slug:code>.atom", feeds.place, name="place_feed"),
    path("news/<slug:section>/<slug:slug>/card.png", cards.card_of_article, name="article_card"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/card.png", cards.card_of_topic, name="topic_card"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("places/<slug:code>/", place_views.place, name="place"),
    path("places/<slug:code>/card.png", place_views.card, name="place_card"),
    path("report/", views.error_report, name="error_report"),
    path("report/<slug:number>/", views.error_report_status, name="error_report_status"),
]
