"""The one error that starting an embedded server may end in."""


class EmbeddedError(RuntimeError):
    """An embedded server cannot be started; the text is one sentence for the person at the keyboard."""
