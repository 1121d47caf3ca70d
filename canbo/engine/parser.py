"""Recursive descent over the words of an expression: grammar, names and types checked together."""

import difflib
from collections.abc import Container
from typing import cast

from canbo.engine.literals import read_literal
from canbo.engine.syntax import (
    KEYWORDS,
    MAX_DEPTH,
    And,
    Compare,
    Expr,
    Fact,
    Holds,
    Known,
    LanguageError,
    Not,
    OneOf,
    Op,
    Or,
    Ref,
    Term,
    Token,
)
from canbo.engine.types import Bool, Code, ListOf, Text, Vocabulary, comparable


class Parser:
    """One method per line of the grammar; every refusal is a LanguageError."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary, may_see: Container[str] | None) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0
        self.vocabulary, self.may_see = vocabulary, may_see

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def accept(self, text: str) -> bool:
        if self.next.text == text and self.next.kind in ("keyword", "punctuation"):
            self.take()
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.unexpected(f"cần “{text}”")

    def unexpected(self, needed: str) -> LanguageError:
        word = self.next.text
        found = f"thay cho “{word}”" if self.next.kind != "end" else "nhưng biểu thức đã hết"
        shouted = self.next.kind == "name" and word.lower() in KEYWORDS
        return self.next.refused(f"{needed} {found}.", word.lower() if shouted else None)

    def whole(self) -> Expr:
        expr = self.either()
        if self.next.kind != "end":
            raise self.unexpected("cần `and`, `or` hoặc hết biểu thức")
        return expr

    def either(self) -> Expr:
        parts = [self.both()]
        while self.accept("or"):
            parts.append(self.both())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def both(self) -> Expr:
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def negation(self) -> Expr:
        if not self.accept("not"):
            return self.atom()
        self.deeper()
        expr = Not(self.negation())
        self.depth -= 1
        return expr

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.next.refused(f"biểu thức lồng nhau quá {MAX_DEPTH} tầng.")

    def atom(self) -> Expr:
        if self.accept("("):
            self.deeper()
            expr = self.either()
            self.depth -= 1
            self.expect(")")
            return expr
        if self.accept("known"):
            return self.known()
        return self.relation()

    def known(self) -> Expr:
        self.expect("(")
        if self.next.kind != "name":
            raise self.unexpected("trong known(…) cần một tên dữ kiện")
        ref = self.ref(self.take())
        self.expect(")")
        return Known(ref)

    def relation(self) -> Expr:
        first = self.term()
        if self.next.kind == "op":
            return self.compare(first)
        if self.next.text == "-":
            raise self.next.refused("ngôn ngữ không có phép tính.")
        negated = self.accept("not")
        if self.accept("in"):
            return self.member(first, negated=negated)
        if negated:
            raise self.unexpected("sau `not` cần `in`")
        return self.alone(first)

    def term(self) -> Token:
        """A NAME or literal still as a word; the sign of a number is part of it."""
        sign = self.next
        if self.accept("-"):
            if self.next.kind != "number":
                raise self.unexpected("sau dấu trừ cần một số")
            return Token("number", f"-{self.take().text}", sign.position)
        if self.next.kind not in ("name", "number", "text"):
            raise self.unexpected("cần một tên dữ kiện hoặc giá trị")
        return self.take()

    def alone(self, token: Token) -> Expr:
        if token.kind != "name":
            raise token.refused("một giá trị không đứng một mình; hãy so sánh nó với một dữ kiện.")
        if self.next.text == "(" and token.text not in self.vocabulary:
            raise token.refused(f"không có hàm “{token.text}”; chỉ có known(tên).", "known")
        ref = self.ref(token)
        if not isinstance(ref.entry.type, Bool):
            raise token.refused(f"“{ref.name}” không phải điều đúng hay sai; hãy so sánh nó với một giá trị.")
        return Fact(ref)

    def compare(self, first: Token) -> Expr:
        found, ops = [first], list[Op]()
        while self.next.kind == "op":
            if len(ops) == 2:
                raise self.next.refused("một chuỗi so sánh có nhiều nhất hai dấu, như 18 <= age < 35.")
            ops.append(cast(Op, self.take().text))
            found.append(self.term())
        named = {at: self.ref(token) for at, token in enumerate(found) if token.kind == "name"}
        self.check_pairs(found, named, ops)
        against = next(iter(named.values()))
        terms: list[Term] = [named.get(at) or read_literal(token, ref=against) for at, token in enumerate(found)]
        return Compare(tuple(terms), tuple(ops))

    def check_pairs(self, found: list[Token], named: dict[int, Ref], ops: list[Op]) -> None:
        """Every comparison has a NAME, all NAMEs one type and unit, and order only where the type has one."""
        for at in range(len(ops)):
            if at not in named and at + 1 not in named:
                raise found[at].refused("mỗi phép so sánh cần ít nhất một dữ kiện.")
            if at in named and at + 1 in named and named[at].name == named[at + 1].name:
                raise found[at].refused(f"“{named[at].name}” đang được so sánh với chính nó.")
        first = next(iter(named.values()))
        for at, ref in named.items():
            self.check_type(ref, first, ops, found[at])

    def check_type(self, ref: Ref, first: Ref, ops: list[Op], token: Token) -> None:
        if isinstance(ref.entry.type, Bool | ListOf):
            read_literal(token, ref=ref)  # says how to write it
        if not comparable(ref.entry.type, first.entry.type):
            raise token.refused(f"“{first.name}” và “{ref.name}” khác loại hoặc khác đơn vị, không so sánh được.")
        if isinstance(ref.entry.type, Code | Text) and not {"==", "!="}.issuperset(ops):
            raise token.refused(f"“{ref.name}” không có thứ tự; chỉ dùng ==, != hoặc in.")

    def member(self, left: Token, *, negated: bool) -> Expr:
        if left.kind == "name":
            return self.one_of(self.ref(left), negated=negated)
        if self.next.kind != "name":
            raise self.unexpected("sau `in` cần tên một danh sách")
        token = self.take()
        ref = self.ref(token)
        if not isinstance(ref.entry.type, ListOf):
            raise token.refused(f"“{ref.name}” không phải danh sách; viết `{ref.name} in (…)`.")
        return Holds(read_literal(left, ref=ref, item=ref.entry.type.item), ref, negated)

    def one_of(self, ref: Ref, *, negated: bool) -> Expr:
        self.expect("(")
        options = [read_literal(self.term_literal(), ref=ref)]
        while self.accept(",") and self.next.text != ")":
            options.append(read_literal(self.term_literal(), ref=ref))
        self.expect(")")
        return OneOf(ref, tuple(options), negated)

    def term_literal(self) -> Token:
        token = self.term()
        if token.kind == "name":
            raise token.refused(f"trong ngoặc chỉ có giá trị; “{token.text}” là một tên, hoặc thiếu dấu nháy.")
        return token

    def ref(self, token: Token) -> Ref:
        entry = self.vocabulary.get(token.text)
        if entry is None:
            raise self.unknown_name(token)
        if self.may_see is not None and entry.group not in self.may_see:
            raise token.refused(f"bạn chưa được xem nhóm dữ liệu của “{token.text}” nên không lọc theo nó được.")
        return Ref(token.text, entry)

    def unknown_name(self, token: Token) -> LanguageError:
        seen = [name for name, entry in self.vocabulary.items() if self.may_see is None or entry.group in self.may_see]
        close = difflib.get_close_matches(token.text.lower(), ["not", "known", *seen], n=1, cutoff=0.6)
        suggestion = close[0] if close else None
        hint = f"có phải “{suggestion}”?" if suggestion else "xem danh sách dữ kiện."
        return token.refused(f"không có dữ kiện “{token.text}”; {hint}", suggestion)
