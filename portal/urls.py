"""The roof: every address of the house, in one list. It may name every app."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import cards, display, sitemaps, views
from portal.corrections import feed as correctionfeed
from portal.corrections import views as correction_views
from portal.datums import views as datum_views
from portal.search import views as search_views

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("display/", display.choose, name="display"),
    path("display.css", display.stylesheet, name="display_stylesheet"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("d/<str:reference>/", datum_views.datum, name="datum"),
    path("corrections/", correction_views.listing, name="corrections"),
    path("feeds/corrections.atom", correctionfeed.latest, name="corrections_feed"),
    path("card.png", cards.card_of_the_site, name="site_card"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.SuggestView.as_view(), name="search_suggest"),
    path("data/", include("portal.opendata.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("indices.urls")),
    path("", include("institutions.urls")),
    path("", include("news.urls")),
    # After the apps, whose addresses below it (the check) come before its own.
    path("api/v1/", include("portal.api.urls")),
]

if settings.DEVELOPMENT:
    # In production the web server in front serves these folders. Documents are not among them: their
    # own address asks first whether the reader may have them.
    pictures = r"^media/(?P<path>(?:images|original_images|avatar_images)/[^/]+)$"
    urlpatterns.append(re_path(pictures, serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns.append(path("", include(wagtail_urls)))
