"""The API's views of works, institutions, topics and sources."""

from catalogue.api.places.resources import INSTITUTIONS, SOURCES, TOPICS
from catalogue.api.works.resource import WORKS
from common.api.schema import describes_list, describes_record
from common.api.views import ListView, RecordView


@describes_list(WORKS)
class WorkList(ListView):
    resource = WORKS


@describes_record(WORKS)
class WorkRecord(RecordView):
    resource = WORKS


@describes_list(INSTITUTIONS)
class InstitutionList(ListView):
    resource = INSTITUTIONS


@describes_record(INSTITUTIONS)
class InstitutionRecord(RecordView):
    resource = INSTITUTIONS


@describes_list(TOPICS)
class TopicList(ListView):
    resource = TOPICS


@describes_record(TOPICS)
class TopicRecord(RecordView):
    resource = TOPICS


@describes_list(SOURCES)
class SourceList(ListView):
    resource = SOURCES


@describes_record(SOURCES)
class SourceRecord(RecordView):
    resource = SOURCES
