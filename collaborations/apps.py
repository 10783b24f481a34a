from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "collaborations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from collaborations.services.mailing import TogetherMail
        from following.services.mail_sources import register_source

        register_source(TogetherMail())
