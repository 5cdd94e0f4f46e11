"""From words to a tree. The grammar, loosest first:

value      = "if" value "then" value { "else" "if" value "then" value } "else" value | either
either     = both { "or" both }
both       = denied { "and" denied }
denied     = "not" denied | compared
compared   = sum [ ("=" | "!=" | "<" | "<=" | ">" | ">=") sum | ["not"] "in" "(" literal { "," literal } ")"
                 | ["not"] "between" sum "and" sum | "is" ["not"] "empty" ]
sum        = product { ("+" | "-") product }
product    = signed { ("*" | "/") signed }
signed     = "-" signed | number [unit] | text | day | "yes" | "no" | name | name "(" [value {"," value}] ")" | "(" value ")"
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from .errors import WrongExpression, nearest
from .tokens import Token, tokens, unquoted
from .tree import Node
from .units import UNITS

DEEPEST = 24
MOST_NODES = 200
LARGEST = 1e12
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
# What people write who come from another language, and what it is here.
_MEANT = {
    "true": "yes", "false": "no", "null": "is empty", "none": "is empty", "when": "if", "case": "if", "elif": "else if",
    "isnull": "is empty", "like": "contains(text, part)", "where": "",
}  # fmt: skip


def read(text: str) -> Node:
    """The tree of an expression. Raises `WrongExpression` at the place that does not fit."""
    words = tokens(text)
    if words[0].kind == "end":
        raise WrongExpression(_("Write an expression."), start=0, end=len(text))
    reader = _Reader(words)
    found = reader.value()
    reader.expect_end()
    return found


class _Reader:
    def __init__(self, words: list[Token]):
        self.words, self.place = words, 0
        self.nodes = 0
        self.open = 0

    @property
    def next(self) -> Token:
        return self.words[self.place]

    def take(self) -> Token:
        word = self.next
        if word.kind != "end":
            self.place += 1
        return word

    def sees(self, *texts: str) -> bool:
        return self.next.kind in ("keyword", "sign") and self.next.text in texts

    def sees_after(self, text: str) -> bool:
        after = self.words[min(self.place + 1, len(self.words) - 1)]
        return after.kind == "keyword" and after.text == text

    def expect(self, text: str, *, after: str) -> Token:
        if not self.sees(text):
            raise self.wrong(_("Here %(sign)s is missing, after %(what)s.") % {"sign": text, "what": after})
        return self.take()

    def expect_end(self) -> None:
        word = self.next
        if word.kind == "end":
            return
        if word.text == "=" or (word.kind == "sign" and word.text in COMPARISONS):
            raise self.wrong(_("Two comparisons stand in a row: join them by `and`, or say `between … and …`."))
        if word.text == ")":
            raise self.wrong(_("This bracket closes nothing."))
        if word.text == "%":
            raise self.wrong(_("Percent stands behind a number: 5 %."))
        raise self.wrong(_("Something is missing before this: `and`, `or`, or a sign.") + self._hint(word))

    def wrong(self, sentence: str) -> WrongExpression:
        word = self.next
        return WrongExpression(sentence, start=word.start, end=max(word.end, word.start + 1))

    def node(self, op: str, start: int, *args: Node, **more: object) -> Node:
        self.nodes += 1
        made = Node(op, start, self.words[max(self.place - 1, 0)].end, args, **more)  # type: ignore[arg-type]
        if self.nodes > MOST_NODES or _height(made) > DEEPEST:
            sentence = _("This is too long to be read: name a part of it as a population.")
            raise WrongExpression(sentence, start=made.start, end=made.end)
        return made

    def value(self) -> Node:
        self.open += 1
        if self.open > DEEPEST:
            raise self.wrong(_("This is too long to be read: name a part of it as a population."))
        found = self.choice() if self.sees("if") else self.either()
        self.open -= 1
        return found

    def choice(self) -> Node:
        start = self.next.start
        parts: list[Node] = []
        while True:
            self.expect("if", after="else")
            parts.append(self.value())
            self.expect("then", after="if …")
            parts.append(self.value())
            if not self.sees("else"):
                raise self.wrong(_("An `if … then …` needs an `else …`: what is it otherwise?"))
            self.take()
            if not self.sees("if"):
                break
        parts.append(self.value())
        return self.node("if", start, *parts)

    def either(self) -> Node:
        return self._joined("or", self.both)

    def both(self) -> Node:
        return self._joined("and", self.denied)

    def _joined(self, word: str, part: object) -> Node:
        start = self.next.start
        parts = [part()]  # type: ignore[operator]
        while self.sees(word):
            self.take()
            parts.append(part())  # type: ignore[operator]
        return parts[0] if len(parts) == 1 else self.node(word, start, *parts)

    def denied(self) -> Node:
        if not self.sees("not"):
            return self.compared()
        start = self.take().start
        self.open += 1
        if self.open > DEEPEST:
            raise self.wrong(_("This is too long to be read: name a part of it as a population."))
        inner = self.denied()
        self.open -= 1
        return self.node("not", start, inner)

    def compared(self) -> Node:
        start = self.next.start
        left = self.sum()
        if self.sees(*COMPARISONS):
            sign = self.take()
            if self.sees("=") and sign.text == "=":
                raise self.wrong(_("One = is enough."))
            if self.sees(">") and sign.text == "<":
                raise self.wrong(_("Write != for “is not”."))
            right = self.sum()
            if self.sees(*COMPARISONS):
                raise self.wrong(_("Two comparisons stand in a row: join them by `and`, or say `between … and …`."))
            return self.node(sign.text, start, left, right)
        is_denied = self.sees("not") and (self.sees_after("in") or self.sees_after("between"))
        if is_denied:
            self.take()
        found = None
        if self.sees("in"):
            found = self._in(left, start)
        elif self.sees("between"):
            self.take()
            low = self.sum()
            self.expect("and", after="between …")
            high = self.sum()
            found = self.node("between", start, left, low, high)
        elif self.sees("is"):
            self.take()
            is_denied = self.sees("not")
            if is_denied:
                self.take()
            self.expect("empty", after="is")
            found = self.node("empty", start, left)
        if found is None:
            return left
        return self.node("not", start, found) if is_denied else found

    def _in(self, left: Node, start: int) -> Node:
        self.take()
        self.expect("(", after="in")
        values = [self.signed()]
        while self.sees(","):
            self.take()
            values.append(self.signed())
        self.expect(")", after=_("the list"))
        for each in values:
            if each.op != "literal":
                sentence = _("A list holds plain values: numbers, texts or days.")
                raise WrongExpression(sentence, start=each.start, end=each.end)
        return self.node("in", start, left, *values)

    def sum(self) -> Node:
        start = self.next.start
        found = self.product()
        while self.sees("+", "-"):
            sign = self.take().text
            found = self.node(sign, start, found, self.product())
        return found

    def product(self) -> Node:
        start = self.next.start
        found = self.signed()
        while self.sees("*", "/"):
            sign = self.take().text
            found = self.node(sign, start, found, self.signed())
        return found

    def signed(self) -> Node:
        word = self.next
        if self.sees("-"):
            self.take()
            self.open += 1
            if self.open > DEEPEST:
                raise self.wrong(_("This is too long to be read: name a part of it as a population."))
            inner = self.signed()
            self.open -= 1
            if inner.op == "literal" and isinstance(inner.value, float):
                return self.node("literal", word.start, value=-inner.value, unit=inner.unit)
            return self.node("minus", word.start, inner)
        if self.sees("("):
            self.take()
            found = self.value()
            self.expect(")", after=_("the bracket's content"))
            return found
        if word.kind == "number":
            return self._number()
        if word.kind == "text":
            self.take()
            return self.node("literal", word.start, value=unquoted(word.text))
        if word.kind == "day":
            return self._day()
        if self.sees("yes", "no"):
            self.take()
            return self.node("literal", word.start, value=word.text == "yes")
        if word.kind == "name":
            return self._name()
        if self.sees("if"):
            raise self.wrong(_("Put the `if … then … else …` into brackets."))
        if word.kind == "end":
            raise self.wrong(_("Here something is missing: a column, a number, a text."))
        raise self.wrong(_("%(what)s does not stand here; a column, a number or a text would.") % {"what": word.text})

    def _number(self) -> Node:
        word = self.take()
        number = float(word.text)
        if number > LARGEST:
            sentence = _("Numbers reach up to %(n)s.") % {"n": f"{LARGEST:.0e}"}
            raise WrongExpression(sentence, start=word.start, end=word.end)
        if self.sees("%"):
            self.take()
            return self.node("literal", word.start, value=number / 100)
        if self.next.kind == "name":
            unit = self.next
            if unit.text.lower() not in UNITS:
                sentence = _("There is no unit %(unit)s.") % {"unit": unit.text} + " " + nearest(unit.text, UNITS)
                raise WrongExpression(sentence, start=unit.start, end=unit.end, names=UNITS)
            self.take()
            return self.node("literal", word.start, value=number, unit=unit.text.lower())
        return self.node("literal", word.start, value=number)

    def _day(self) -> Node:
        word = self.take()
        try:
            day = date.fromisoformat(word.text)
        except ValueError:
            raise WrongExpression(_("There is no such day."), start=word.start, end=word.end) from None
        return self.node("literal", word.start, value=day)

    def _name(self) -> Node:
        word = self.take()
        if not self.sees("("):
            return self.node("name", word.start, value=word.text)
        self.take()
        args: list[Node] = []
        if not self.sees(")"):
            args.append(self.value())
            while self.sees(","):
                self.take()
                args.append(self.value())
        self.expect(")", after=f"{word.text}(…")
        return self.node("call", word.start, *args, value=word.text)

    @staticmethod
    def _hint(word: Token) -> str:
        meant = _MEANT.get(word.text.lower(), "")
        return " " + _("Did you mean %(name)s?") % {"name": f"`{meant}`"} if meant else ""


def meant(name: str) -> str:
    """What a name of another language is called here; "" when it is none."""
    return _MEANT.get(name.lower(), "")


def _height(node: Node, left: int = DEEPEST + 1) -> int:
    """How deep a tree is, no further than needed."""
    if left <= 0 or not node.args:
        return 1
    return 1 + max(_height(each, left - 1) for each in node.args)
