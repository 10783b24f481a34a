"""Text with mark-up, TeX and mathematics: read from sources, shown safely, compared folded."""
