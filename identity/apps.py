from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.backlog import register_stages
        from identity.selectors.backlog import names_left

        register_stages("identity", names_left)
