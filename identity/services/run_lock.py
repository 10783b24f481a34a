"""The lock of the database's that one settling, or one undoing, holds at a time."""

LOCK = "identity.settle"
