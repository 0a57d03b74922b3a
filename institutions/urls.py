"""Addresses of the register: the check with its receipt and API, the finder, its institutions and notices."""

from django.urls import path

from institutions import api, cards, check_views, feeds, notice_views, views

urlpatterns = [
    path("feeds/institutions/<slug:code>.atom", feeds.institution, name="institution_feed"),
    path("institutions/check/", check_views.check_page, name="institution_check"),
    path("institutions/check/receipt/", check_views.receipt, name="institution_receipt"),
    path("api/v1/institutions/check/", api.CheckView.as_view(), name="institution_check_api"),
    path("institutions/", views.finder, name="institution_finder"),
    path("institutions/notices/", notice_views.notices, name="notices"),
    path("institutions/notices/<int:pk>/", notice_views.notice, name="notice"),
    path("institutions/notices/<int:pk>/file/", notice_views.notice_file, name="notice_file"),
    path("institutions/notices/<int:pk>/text/", notice_views.notice_text, name="notice_text"),
    path("institutions/notices/<int:pk>/card.png", cards.card_of_notice, name="notice_card"),
    path("institutions/<slug:code>/", views.institution, name="institution"),
    path("institutions/<slug:code>/card.png", cards.card_of_institution, name="institution_card"),
    path("institutions/<slug:code>/history/", views.history, name="institution_history"),
]
