"""Expected refusals. Each carries a status and a sentence for people; page, API and command line show the same words.

Anything that is not a `Problem` is a bug and surfaces as one.
"""

from collections.abc import Mapping, Sequence


class Problem(Exception):
    """An expected refusal.

    `sentence` is for people, already translated. `fields` maps a field's name to what is wrong with it.
    `code` is stable and in English, for programs.
    """

    status = 400
    code = "bad-request"

    def __init__(self, sentence: object, *, code: str | None = None, fields: Mapping[str, Sequence[str]] | None = None):
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.code = code or type(self).code
        self.fields: dict[str, list[str]] = {name: list(said) for name, said in (fields or {}).items()}


class Refused(Problem):
    """The person may not do this; the sentence says why."""

    status = 403
    code = "refused"


class NotFound(Problem):
    """There is no such thing, or the person may not know of it; the two are not told apart."""

    status = 404
    code = "not-found"


class NotNow(Problem):
    """The person may, but the present state does not allow it."""

    status = 409
    code = "not-now"


class Invalid(Problem):
    """What was sent does not fit; `fields` says where."""

    status = 422
    code = "invalid"
