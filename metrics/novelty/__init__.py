"""Earlier-only neighbours, and how far a paper stands from them. Pure numpy: no Django, no database."""
