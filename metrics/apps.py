from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.backlog import register_stages
        from common.hooks import on_record_changed, on_user_erased, on_user_exported
        from metrics.presenters.backlog import numbers_left
        from metrics.selectors.user_data import export_user_data
        from metrics.services.user_data import erase_user_data

        register_stages("metrics", numbers_left)
        on_record_changed.register(self.name, "metrics.refresh_changes")
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
