from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from claims.evidence import KINDS
        from claims.selectors.claim_status import ClaimsProvider
        from claims.selectors.evidence_kinds import register_evidence
        from claims.selectors.ownership import owners_of
        from claims.selectors.user_data import export_user_data
        from claims.services.user_data import erase_user_data
        from common.db.kind_checks import register_kinds
        from common.hooks import on_user_erased, on_user_exported
        from identity.services.protection import register_weighty
        from metrics.services.claim_status import register_provider

        register_evidence(KINDS)
        register_kinds("claims_is_evidence", [kind.name for kind in KINDS])
        register_provider(ClaimsProvider())
        register_weighty(owners_of)
        on_user_exported.register(self.name, export_user_data)
        on_user_erased.register(self.name, erase_user_data)
