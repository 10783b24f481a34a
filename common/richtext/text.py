"""Text as sources print it, made plain: the names that every app imports."""

from common.richtext.fold import fold
from common.richtext.markup import fold_spaces, is_plain, plain_of, read_markup, without_controls

__all__ = ["clean_line", "fold", "fold_spaces", "plain_text", "without_controls"]


def plain_text(text: str) -> str:
    """One line of plain text: entities, TeX accents, tags and CDATA decoded, mathematics as TeX between $ signs."""
    if is_plain(text):
        return clean_line(text)
    return plain_of(read_markup(text))


def clean_line(text: str) -> str:
    """One line with control and bidirectional-override characters removed and whitespace folded; decodes nothing."""
    if text.isprintable() and text.isascii() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return fold_spaces(without_controls(text))
