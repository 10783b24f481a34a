from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from common.backlog import register_stages
        from common.hooks import on_record_changed, on_search_asked, on_similar_works_asked
        from search.presenters.backlog import texts_left
        from search.selectors.saved import latest_found
        from search.selectors.similar import similar_works

        register_stages("search", texts_left)
        on_record_changed.register(self.name, "search.index_papers")
        on_search_asked.register(self.name, latest_found)
        on_similar_works_asked.register(self.name, similar_works)
