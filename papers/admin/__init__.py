"""The admin of the record, for people who curate. Importing this registers every model."""

from papers.admin import corrections, decisions, entities, parts, people, statements, subjects, versions, works

__all__ = ["corrections", "decisions", "entities", "parts", "people", "statements", "subjects", "versions", "works"]
