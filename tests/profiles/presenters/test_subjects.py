"""Fields of one name are told apart: arXiv has two that are called Machine Learning."""

from profiles.domain.summary import AuthorSummary, TopicCount
from profiles.presenters.author_page import _subjects_chart

YEARS = ((2018, 2), (2019, 3))


def summary(*categories: TopicCount, topics: tuple[TopicCount, ...] = ()) -> AuthorSummary:
    return AuthorSummary(
        works_count=5,
        cited_by_count=None,
        h_index=None,
        first_year=2018,
        last_year=2019,
        years=(),
        categories=categories,
        topics=topics,
        collaborators=(),
        affiliations=(),
    )


def field(name: str, code: str, topic: int) -> TopicCount:
    return TopicCount(name, code, topic, name, 5, YEARS)


def topic(name: str, topic: int) -> TopicCount:
    return TopicCount(name, "", topic, name, 5, YEARS)


FIELDS = (
    field("Machine Learning", "cs.LG", 1),
    field("Machine Learning", "stat.ML", 2),
    field("Robotics", "cs.RO", 3),
    field("Optics", "physics.optics", 4),
)


def test_the_chart_says_which_field_where_two_have_one_name():
    chart = _subjects_chart(summary(*FIELDS))
    assert chart is not None
    labels = [row.name for row in chart.rows]
    assert labels == ["Machine Learning (cs.LG)", "Machine Learning (stat.ML)", "Robotics", "Optics"]


def test_topics_take_the_code_of_their_field():
    topics = (topic("Machine Learning", 1), topic("Machine Learning", 2), topic("Robotics", 3), topic("Optics", 9))
    chart = _subjects_chart(summary(*FIELDS, topics=topics))
    assert chart is not None
    assert [row.name for row in chart.rows][:2] == ["Machine Learning (cs.LG)", "Machine Learning (stat.ML)"]


def test_the_sentence_names_each_field_once():
    assert summary(*FIELDS).main_subjects == ("Machine Learning", "Robotics")
