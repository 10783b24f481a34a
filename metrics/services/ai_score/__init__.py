"""The AI Score over the portal's own record: corpus, training, verdict, activation, scores, in rows of work."""
