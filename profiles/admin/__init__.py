"""Where curators answer what owners, and people without an account, ask about author pages."""

from profiles.admin import attribution, opting_out

__all__ = ["attribution", "opting_out"]
