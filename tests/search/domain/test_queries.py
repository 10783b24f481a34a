from search.domain.queries import read_query


def test_spaces_and_control_characters_are_evened_out():
    assert read_query("  ada\t\0 byron \n", "").words == "ada byron"


def test_a_long_text_is_cut():
    assert len(read_query("x" * 5_000, "papers").words) == 400


def test_an_unknown_kind_is_all_kinds():
    assert read_query("ada", "people").section == ""
