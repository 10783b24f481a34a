"""The shape of an author, for the schema alone."""

from typing import Any

from rest_framework import serializers as s

from common.openalex_api.shapes import Selectable


class AuthorCountsInYear(s.Serializer[object]):
    year = s.IntegerField()
    works_count = s.IntegerField()
    cited_by_count = s.IntegerField(allow_null=True, help_text="Citations counted here; null: not counted.")


class AuthorStats(s.Serializer[object]):
    def get_fields(self) -> dict[str, s.Field[Any, Any, Any, Any]]:
        return {
            "2yr_mean_citedness": s.FloatField(allow_null=True),
            "h_index": s.IntegerField(allow_null=True),
            "i10_index": s.IntegerField(allow_null=True),
        }


class AuthorCitationFigures(s.Serializer[object]):
    """What `cited_by_count` and the indices are over: figures of one kind."""

    kind = s.ChoiceField(choices=["counted", "reported"], allow_null=True, help_text="Null: none is known.")
    reported_by = s.CharField(allow_null=True, help_text="The source; null when they are counted here.")
    works_count = s.IntegerField(help_text="Works that have such a figure.")


class AuthorInstitution(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    ror = s.URLField(allow_null=True)
    country_code = s.CharField(allow_null=True)
    type = s.CharField(allow_null=True)


class AuthorAffiliation(s.Serializer[object]):
    institution = AuthorInstitution()
    years = s.ListField(child=s.IntegerField(), help_text="Years of works that state it; empty when none is dated.")


class AuthorTopic(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    count = s.IntegerField(help_text="Works of this author with the topic.")


class Author(Selectable):
    """An author record: what sources say of one person. Null means not known."""

    id = s.URLField(help_text="The address of their page; the part after the last slash is the id.")
    orcid = s.URLField(allow_null=True)
    display_name = s.CharField()
    display_name_alternatives = s.ListField(child=s.CharField())
    ids = s.DictField(help_text="Every identifier by scheme; `other_<scheme>` lists the further ones.")
    works_count = s.IntegerField()
    cited_by_count = s.IntegerField(allow_null=True, help_text="As last computed; null: not known.")
    citation_figures = AuthorCitationFigures()
    summary_stats = AuthorStats()
    counts_by_year = AuthorCountsInYear(many=True, help_text="In a list only when selected.")
    affiliations = AuthorAffiliation(many=True)
    last_known_institutions = AuthorInstitution(many=True)
    topics = AuthorTopic(many=True, help_text="At most 25. In a list only when selected.")
    works_api_url = s.URLField()
    created_date = s.DateField()
    updated_date = s.DateTimeField()
