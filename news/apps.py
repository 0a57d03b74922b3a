"""The news app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "新闻"

    def ready(self):
        from news import pictures, publication, quoting, references, score_quoting

        references.register_all()
        quoting.register_all()
        score_quoting.register_all()
        publication.watch()
        pictures.watch()
