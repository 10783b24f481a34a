from django.apps import AppConfig


class HarvestConfig(AppConfig):
    name = "harvest"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from harvest.sources import SOURCES
        from papers.domain.sources import register_origins

        register_origins(origin for source in SOURCES for origin in (source.origin, *source.others))
