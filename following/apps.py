from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from following.selectors.followed_authors import followed_among
        from identity.services.protection import register_weighty

        register_weighty(followed_among)
