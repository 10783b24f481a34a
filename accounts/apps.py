from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.email_verified import listen
        from accounts.selectors.user_data import export_user_data
        from accounts.services.user_data import erase_user_data
        from common.hooks import on_user_erased, on_user_exported

        listen()
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
