"""The institutions app: official notices and the institutions that they designate."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = "定点机构"

    def ready(self):
        from institutions import (
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
