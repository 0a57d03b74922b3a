"""The indices app: index series, their editions and the scores that they publish."""

from django.apps import AppConfig


class IndicesConfig(AppConfig):
    name = "indices"
    verbose_name = "指数"

    def ready(self):
        from indices import (
            api,
            corrections,
            datasets,
            datums,
            figures,
            indexing,
            references,
            searching,
            sitemaps,
        )

        references.register_all()
        figures.register_all()
        datums.register_all()
        api.register_all()
        corrections.register_all()
        datasets.register_all()
        sitemaps.register_all()
        searching.register_all()
        indexing.register_all()
