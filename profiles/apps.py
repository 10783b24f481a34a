from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.hooks import on_claim_approved, on_ownership_lost, on_user_erased, on_user_exported
        from profiles.selectors.user_data import export_user_data
        from profiles.services.former_owners import settle_when_lost
        from profiles.services.new_owners import welcome_when_approved
        from profiles.services.user_data import erase_user_data

        on_claim_approved.register(self.name, welcome_when_approved)
        on_ownership_lost.register(self.name, settle_when_lost)
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
