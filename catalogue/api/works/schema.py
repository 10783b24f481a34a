"""The shape of a work, for the schema alone: rows are written by `write`, and a test holds the two together."""

from rest_framework import serializers as s

from common.openalex_api.shapes import Selectable
from papers.domain.relations import NOTICE_KINDS


class WorkAuthor(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    orcid = s.URLField(allow_null=True)


class WorkInstitution(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    ror = s.URLField(allow_null=True)
    country_code = s.CharField(allow_null=True)
    type = s.CharField(allow_null=True)


class WorkReason(s.Serializer[object]):
    code = s.CharField(help_text="A fact of a closed list, such as wrote_with or common_name.")
    is_for = s.BooleanField(help_text="Whether it speaks for the author or against.")


class WorkAttribution(s.Serializer[object]):
    zone = s.ChoiceField(choices=["link", "apart"], help_text="apart: of initials that nobody known fits well enough.")
    rule = s.CharField(help_text="person, identifier, name, common_name, variant, initials, company, alone or kept.")
    probability = s.FloatField(allow_null=True, help_text="null where a rule decides.")
    reasons = WorkReason(many=True, help_text="At most three, those that weigh most first.")


class WorkAuthorship(s.Serializer[object]):
    author_position = s.ChoiceField(choices=["first", "middle", "last"])
    author = WorkAuthor()
    institutions = WorkInstitution(many=True)
    is_corresponding = s.BooleanField()
    raw_author_name = s.CharField()
    role = s.CharField(help_text="author, or editor of a work that names no authors.")
    is_group = s.BooleanField(help_text="A consortium, collaboration or institution: it has no author page.")
    given = s.CharField(allow_null=True, help_text="Parts of the name as a source states them; null where none does.")
    particle = s.CharField(allow_null=True)
    family = s.CharField(allow_null=True)
    suffix = s.CharField(allow_null=True)
    raw_affiliation_strings = s.ListField(child=s.CharField())
    attribution = WorkAttribution(
        allow_null=True, help_text="Why the name is this author; null where nothing has been worked out yet."
    )


class WorkSource(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    issn_l = s.CharField(allow_null=True)
    issn = s.ListField(child=s.CharField(), allow_null=True)
    type = s.CharField(allow_null=True)
    host_organization_name = s.CharField(allow_null=True)


class WorkLocation(s.Serializer[object]):
    landing_page_url = s.CharField(allow_null=True)
    pdf_url = s.CharField(allow_null=True)
    source = WorkSource(allow_null=True)  # type: ignore[assignment]  # a field's name, not the option of Field
    raw_source_name = s.CharField(
        allow_null=True, help_text="The venue as the source names it, or the reference in its authors' words."
    )
    license = s.CharField(allow_null=True)
    is_oa = s.BooleanField(allow_null=True, help_text="Null: no source says.")
    version = s.ChoiceField(choices=["publishedVersion", "acceptedVersion", "submittedVersion"], allow_null=True)
    is_accepted = s.BooleanField(allow_null=True)
    is_published = s.BooleanField(allow_null=True)
    type = s.CharField(allow_null=True, help_text="What the work is there.")
    publication_date = s.DateField(allow_null=True, help_text="The first day of what is known.")


class WorkNotice(s.Serializer[object]):
    kind = s.ChoiceField(choices=NOTICE_KINDS)
    date = s.DateField(allow_null=True)
    url = s.CharField(allow_null=True, help_text="The notice itself, elsewhere.")
    work = s.URLField(allow_null=True, help_text="The notice, where it is a work here.")
    reason = s.CharField(allow_null=True)


class WorkTopic(s.Serializer[object]):
    id = s.URLField()
    display_name = s.CharField()
    score = s.FloatField(allow_null=True, help_text="The source's own confidence; null when it gives none.")


class WorkCategory(s.Serializer[object]):
    id = s.CharField()
    scheme = s.CharField()
    display_name = s.CharField(allow_null=True)


class ReportedFigure(s.Serializer[object]):
    reported_by = s.CharField(help_text="The source.")
    count = s.IntegerField()
    as_of_date = s.DateField(allow_null=True, help_text="Null: the source does not say.")


class CitationCounts(s.Serializer[object]):
    shown = s.IntegerField(allow_null=True, help_text="The largest of the others; null: none is known.")
    counted = s.IntegerField(
        allow_null=True,
        help_text="Citing works in this portal; null: none, and too few reference lists are here to say so.",
    )
    reported = s.IntegerField(allow_null=True, help_text="The largest figure a source reports; null: none does.")
    reports = ReportedFigure(many=True)


class CitationsInYear(s.Serializer[object]):
    year = s.IntegerField()
    cited_by_count = s.IntegerField()


class Biblio(s.Serializer[object]):
    volume = s.CharField(allow_null=True)
    issue = s.CharField(allow_null=True)
    first_page = s.CharField(allow_null=True)
    last_page = s.CharField(allow_null=True)
    article_number = s.CharField(allow_null=True)
    publisher = s.CharField(allow_null=True)
    book_title = s.CharField(allow_null=True)
    edition = s.CharField(allow_null=True)
    isbn = s.ListField(child=s.CharField())


class Work(Selectable):
    """A work, in OpenAlex's shape. Null means not known."""

    id = s.URLField(help_text="The address of its page; the part after the last slash is the id.")
    doi = s.URLField(allow_null=True)
    title = s.CharField()
    display_name = s.CharField()
    publication_year = s.IntegerField(allow_null=True)
    publication_date = s.DateField(allow_null=True, help_text="The first day of what is known.")
    publication_date_precision = s.ChoiceField(choices=["year", "month", "day"], allow_null=True)
    ids = s.DictField(help_text="Every identifier by scheme; `other_<scheme>` lists the further ones.")
    language = s.CharField(allow_null=True)
    type = s.CharField()
    primary_location = WorkLocation(allow_null=True, help_text="The version of record.")
    best_oa_location = WorkLocation(allow_null=True)
    locations = WorkLocation(many=True, help_text="Published before accepted before submitted versions.")
    locations_count = s.IntegerField()
    authorships = WorkAuthorship(many=True)
    authors_count = s.IntegerField()
    is_authors_truncated = s.BooleanField(
        help_text="A source cut the byline; or, in a list, only the first 100 authors are given."
    )
    cited_by_count = s.IntegerField(allow_null=True, help_text="The figure shown; null: not known.")
    citation_counts = CitationCounts()
    counts_by_year = CitationsInYear(many=True, help_text="In a list only when selected.")
    is_retracted = s.BooleanField()
    notices = WorkNotice(many=True, help_text="Retractions, withdrawals, concerns and corrections, gravest first.")
    topics = WorkTopic(many=True)
    primary_topic = WorkTopic(allow_null=True)
    primary_category = WorkCategory(allow_null=True)
    categories = s.ListField(child=s.CharField())
    abstract = s.CharField(allow_null=True)
    abstract_inverted_index = s.DictField(child=s.ListField(child=s.IntegerField()), allow_null=True)
    biblio = Biblio()
    license = s.CharField(allow_null=True)
    referenced_works_count = s.IntegerField(allow_null=True, help_text="Length of the reference list, as stated.")
    referenced_works = s.ListField(
        child=s.URLField(), help_text="References that are works here. In a list only when selected."
    )
    cited_by_api_url = s.URLField()
    source_updated_date = s.DateField(allow_null=True, help_text="When the source last changed the work.")
    created_date = s.DateField()
    updated_date = s.DateTimeField()
