from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from collaborations.selectors.user_data import export_user_data
        from collaborations.services.delivery import deliver_when_approved
        from collaborations.services.mailing import TogetherMail
        from collaborations.services.user_data import erase_user_data
        from common.hooks import on_claim_approved, on_user_erased, on_user_exported
        from following.services.mail_sources import register_source

        register_source(TogetherMail())
        on_claim_approved.register(self.name, deliver_when_approved)
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
