"""The demo corpus: an invented, deterministic scholarly record in the record format.

Nothing here is real. People, institutions, venues and identifiers are made up; identifiers
have the right form and check digits but lie in ranges that the registries do not hand out.
"""
