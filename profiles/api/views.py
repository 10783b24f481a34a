"""The API's views of authors."""

from common.api.schema import describes_list, describes_record
from common.api.views import ListView, RecordView
from profiles.api.resource import AUTHORS


@describes_list(AUTHORS)
class AuthorList(ListView):
    resource = AUTHORS


@describes_record(AUTHORS)
class AuthorRecord(RecordView):
    resource = AUTHORS
