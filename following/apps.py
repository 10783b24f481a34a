from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.db.kind_checks import register_kinds
        from common.hooks import on_record_changed, on_user_erased, on_user_exported
        from following.domain.kinds import PERSON
        from following.selectors.followed_authors import followed_among
        from following.selectors.user_data import export_user_data
        from following.services.user_data import erase_user_data
        from following.targets import FOLLOWABLE
        from identity.services.protection import register_weighty

        register_kinds("following_is_followable", FOLLOWABLE)
        register_kinds("following_is_target", (*FOLLOWABLE, PERSON))
        register_weighty(followed_among)
        on_record_changed.register(self.name, "following.derive_events")
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
