"""What services of claims refuse. A view says each in words; `code` names which."""


class ClaimRefused(Exception):
    """An action that must not happen. Nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClaimMoved(ClaimRefused):
    """The claim is not in the state that the action starts from, perhaps since a moment ago."""

    def __init__(self) -> None:
        super().__init__("moved")


class RecordIsOwned(ClaimRefused):
    """Somebody owns the record already: a dispute has to be decided first."""

    def __init__(self) -> None:
        super().__init__("owned")
