from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.hooks import on_user_erased, on_user_exported
        from papers.selectors.user_data import export_user_data
        from papers.services.user_data import erase_user_data

        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
