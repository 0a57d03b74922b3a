"""The institutions app: official notices and the institutions that they designate."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = "定点机构"

    def ready(self):
        from institutions import api, figures, references

        references.register_all()
        figures.register_all()
        api.register_all()
