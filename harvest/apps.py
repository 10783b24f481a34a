from django.apps import AppConfig


class HarvestConfig(AppConfig):
    name = "harvest"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import harvest.sources  # noqa: F401  # which says how far each source is believed
