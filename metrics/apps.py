from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.backlog import register_stages
        from metrics.selectors.backlog import numbers_left

        register_stages("metrics", numbers_left)
