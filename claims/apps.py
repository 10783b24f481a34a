from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from claims.selectors.ownership import owners_of
        from claims.selectors.standing import ClaimsProvider
        from identity.services.protection import register_weighty
        from metrics.services.standing import register_provider

        register_provider(ClaimsProvider())
        register_weighty(owners_of)
