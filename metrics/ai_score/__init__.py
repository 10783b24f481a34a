"""The AI Score: a model's estimate of a paper's citation percentile from what was known at publication.

Pure parts only: arrays in, arrays out. No Django, no database; the model is bytes.
"""
