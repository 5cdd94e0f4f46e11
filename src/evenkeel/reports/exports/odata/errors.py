"""What a client of the feed asked for and does not get, in OData's form."""

from __future__ import annotations


class Unfit(Exception):
    """The query does not fit; the sentence says where and what is allowed. `status` 501: OData has it, this service not."""

    def __init__(self, sentence: str, *, status: int = 400, code: str = "bad-query") -> None:
        super().__init__(sentence)
        self.sentence, self.status, self.code = sentence, status, code
