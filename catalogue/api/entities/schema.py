"""The shapes of institutions, topics and sources, for the schema alone."""

from typing import Any

from rest_framework import serializers as s

from common.openalex_api.shapes import Selectable

_NUMBERS = "As computed last."


class CountsInYear(s.Serializer[object]):
    year = s.IntegerField()
    works_count = s.IntegerField()
    cited_by_count = s.IntegerField(allow_null=True, help_text="Citations counted here; null: not counted.")


class SummaryStats(s.Serializer[object]):
    def get_fields(self) -> dict[str, s.Field[Any, Any, Any, Any]]:
        return {
            "2yr_mean_citedness": s.FloatField(allow_null=True),
            "h_index": s.IntegerField(allow_null=True),
            "i10_index": s.IntegerField(allow_null=True),
        }


class CitationFigures(s.Serializer[object]):
    """What `cited_by_count` and the indices are over: figures of one kind."""

    kind = s.ChoiceField(choices=["counted", "reported"], allow_null=True, help_text="Null: none is known.")
    reported_by = s.CharField(allow_null=True, help_text="The source; null when they are counted here.")
    works_count = s.IntegerField(help_text="Works that have such a figure.")


class Geo(s.Serializer[object]):
    city = s.CharField(allow_null=True)
    country_code = s.CharField(allow_null=True)
    latitude = s.FloatField(allow_null=True)
    longitude = s.FloatField(allow_null=True)


class AssociatedInstitution(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    relationship = s.ChoiceField(choices=["parent", "child"])


class EntitySchema(Selectable):
    id = s.URLField(help_text="The address of its page; the part after the last slash is the id.")
    display_name = s.CharField()
    ids = s.DictField(help_text="Every identifier by scheme; `other_<scheme>` lists the further ones.")
    works_count = s.IntegerField(help_text=_NUMBERS)
    cited_by_count = s.IntegerField(allow_null=True, help_text=_NUMBERS)
    citation_figures = CitationFigures()
    works_api_url = s.URLField()
    summary_stats = SummaryStats(help_text="In a list only when selected.")
    counts_by_year = CountsInYear(many=True, help_text="In a list only when selected.")
    created_date = s.DateField()
    updated_date = s.DateTimeField()


class Institution(EntitySchema):
    """An organisation. Null means not known."""

    ror = s.URLField(allow_null=True)
    display_name_alternatives = s.ListField(child=s.CharField())
    display_name_acronyms = s.ListField(child=s.CharField())
    country_code = s.CharField(allow_null=True)
    type = s.CharField(allow_null=True)
    status = s.CharField()
    established_year = s.IntegerField(allow_null=True)
    homepage_url = s.CharField(allow_null=True)
    geo = Geo()
    associated_institutions = AssociatedInstitution(many=True)


class Topic(EntitySchema):
    """A subject. Null means not known."""

    description = s.CharField(allow_null=True)
    field = s.CharField(allow_null=True)
    category = s.CharField(allow_null=True, help_text="The category that this topic stands for, as cs.LG.")


class Source(EntitySchema):
    """A journal, conference series or repository. Null means not known."""

    issn_l = s.CharField(allow_null=True)
    issn = s.ListField(child=s.CharField(), allow_null=True)
    type = s.CharField(allow_null=True)
    host_organization_name = s.CharField(allow_null=True)
