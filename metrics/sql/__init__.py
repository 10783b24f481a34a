"""The definitions in SQL, each written once: an incremental refresh and a full one differ in the ids alone.

`{ids:column}` in a statement stands for the condition that a column is in scope (metrics.services.refresh.scope).
"""
