"""The indices app: index series, their editions and the scores that they publish."""

from django.apps import AppConfig


class IndicesConfig(AppConfig):
    name = "indices"
    verbose_name = "指数"

    def ready(self):
        from indices import figures, references

        references.register_all()
        figures.register_all()
