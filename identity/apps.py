from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.backlog import register_stages
        from common.hooks import on_user_erased, on_user_exported
        from identity.presenters.backlog import names_left
        from identity.selectors.user_data import export_user_data
        from identity.services.user_data import erase_user_data

        register_stages("identity", names_left)
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
