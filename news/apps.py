"""The news app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "新闻"

    def ready(self):
        from news import (
            api,
            datasets,
            indexing,
            pictures,
            publication,
            quoting,
            references,
            score_quoting,
            searching,
            sitemaps,
        )

        references.register_all()
        api.register_all()
        datasets.register_all()
        quoting.register_all()
        score_quoting.register_all()
        publication.watch()
        pictures.watch()
        sitemaps.register_all()
        searching.register_all()
        indexing.register_all()
