"""The grammar: what is read, what is refused, in which words and where."""

import ast
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canbo.engine.language import LanguageError, names, parameters, parse, to_text
from canbo.engine.syntax import (
    MAX_DEPTH,
    MAX_LENGTH,
    And,
    Compare,
    Expr,
    Fact,
    Holds,
    Known,
    Literal,
    Not,
    OneOf,
    Or,
    Ref,
)
from canbo.engine.types import Date, Months, Name, Years
from canbo.kernel.dates import PartialDate

from .expressions import atoms, deep, nested
from .world import VOCABULARY


def read(text: str) -> Expr:
    return parse(text, vocabulary=VOCABULARY)


def ref(name: str) -> Ref:
    return Ref(name, VOCABULARY[name])


def refusal(text: str) -> LanguageError:
    with pytest.raises(LanguageError) as refused:
        read(text)
    return refused.value


def test_an_expression_becomes_a_typed_tree() -> None:
    found = read("sex == 'nu' and not (18 <= age < 35 or 'XIV' in lists) and known(birth)")
    age = Compare((Literal(18), ref("age"), Literal(35)), ("<=", "<"))
    assert found == And(
        (
            Compare((ref("sex"), Literal("nu")), ("==",)),
            Not(Or((age, Holds(Literal("XIV"), ref("lists"))))),
            Known(ref("birth")),
        )
    )
    assert names(found) == {"sex", "age", "lists", "birth"}


def test_parameters_are_not_facts() -> None:
    found = read("age < retirement_age and pilot")
    assert names(found) == {"age"}
    assert parameters(found) == {"retirement_age", "pilot"}


def test_literals_are_read_by_the_type_of_the_other_side() -> None:
    assert read("coefficient > 2").terms[1] == Literal(Decimal(2))
    assert read("birth < '1985-05'").terms[1] == Literal(PartialDate(1985, 5))
    assert read("service == -1").terms[1] == Literal(-1)
    assert read("service in (1, 2,)") == OneOf(ref("service"), (Literal(1), Literal(2)))
    assert read("field == 'Luật'").terms[1] == Literal("Luật")
    assert read("party_member") == Fact(ref("party_member"))


def test_text_written_with_separate_accents_is_the_same_text() -> None:
    assert read("field == 'Lua\u0302\u0323t'") == read("field == 'Luật'")


def test_the_canonical_text_reads_as_the_same_tree() -> None:
    for text in (*atoms()[::5], *nested(), *deep(number=100, seed=1)):
        found = read(text)
        assert read(to_text(found)) == found
        assert to_text(read(to_text(found))) == to_text(found)


def test_the_canonical_text_keeps_one_spelling() -> None:
    written = to_text(read('not(sex=="nu")or(  age<35 and(party_member or pilot))'))
    assert written == "not sex == 'nu' or age < 35 and (party_member or pilot)"
    assert to_text(read("coefficient == 2.340")) == "coefficient == 2.34"
    assert to_text(read("coefficient == -0")) == "coefficient == 0"
    assert to_text(read('field == "O\'Brien"')) == 'field == "O\'Brien"'


@pytest.mark.parametrize(
    ("text", "position", "suggestion", "words"),
    [
        ("aeg < 3", 0, "age", "không có dữ kiện “aeg”; có phải “age”?"),
        ("zzzzqqq", 0, None, "không có dữ kiện “zzzzqqq”"),
        ("age < 35 AND pilot", 9, "and", "cần `and`, `or` hoặc hết biểu thức thay cho “AND”"),
        ("NOT pilot", 0, "not", "có phải “not”?"),
        ("sex == 'Nữ'", 7, "nu", "có phải 'nu' (Nữ)?"),
        ("political_theory >= 'cao-cap-llct'", 20, "cao-cap", "có phải 'cao-cap' (Cao cấp)?"),
        ("political_theory >= 'dai-hoc'", 20, None, "không có giá trị “dai-hoc”"),
        ("'bi-thu' in planned_for", 0, "bi-thu-xa", "có phải 'bi-thu-xa' (Bí thư xã)?"),
        ("sex < 'nu'", 0, None, "không có thứ tự"),
        ("field >= 'Luật'", 0, None, "không có thứ tự"),
        ("'nam' < sex != 'nu'", 8, None, "không có thứ tự"),
        ("age > '35'", 6, None, "là số; viết giá trị không có dấu nháy"),
        ("age > 35.5", 6, None, "là số nguyên"),
        ("age > 35.0", 6, None, "là số nguyên"),
        ("age > 9223372036854775808", 6, None, "số quá dài"),
        ("coefficient > 0.0000000000000000001", 14, None, "số quá dài"),
        ("birth > 1985", 8, None, "đặt trong dấu nháy: '1985'"),
        ("birth > '2021-02-30'", 8, None, "không có ngày “2021-02-30”"),
        ("birth > '30/04/1985'", 8, None, "viết ngày có thật như '2020-05-31'"),
        ("birth > '1985-5'", 8, None, "không có ngày “1985-5”"),
        ("birth > '0000'", 8, None, "không có ngày “0000”"),
        ("birth > '١٩٨٥'", 8, None, "không có ngày"),
        ("1 < 2", 0, None, "mỗi phép so sánh cần ít nhất một dữ kiện"),
        ("1 < 2 < age", 0, None, "mỗi phép so sánh cần ít nhất một dữ kiện"),
        ("1 < age < 3 < 4", 12, None, "nhiều nhất hai dấu"),
        ("age < birth", 6, None, "“age” và “birth” khác loại hoặc khác đơn vị"),
        ("service < months_left", 10, None, "khác loại hoặc khác đơn vị"),
        ("sex == political_theory", 7, None, "khác loại hoặc khác đơn vị"),
        ("age < age", 0, None, "chính nó"),
        ("party_member == 1", 0, None, "viết `party_member` hay `not party_member`"),
        ("party_member == key_post", 0, None, "viết `party_member` hay `not party_member`"),
        ("party_member in (1,)", 17, None, "viết `party_member` hay `not party_member`"),
        ("lists == 'XIV'", 0, None, "viết `'giá trị' in lists`"),
        ("lists in ('XIV')", 10, None, "viết `'giá trị' in lists`"),
        ("'nu' in sex", 8, None, "viết `sex in (…)`"),
        ("sex in lists", 7, None, "cần “(” thay cho “lists”"),
        ("age in ()", 8, None, "cần một tên dữ kiện hoặc giá trị thay cho “)”"),
        ("age in (34 35)", 11, None, "cần “)” thay cho “35”"),
        ("age in (service)", 8, None, "trong ngoặc chỉ có giá trị"),
        ("age in (34", 10, None, "cần “)” nhưng biểu thức đã hết"),
        ("age not 35", 8, None, "sau `not` cần `in`"),
        ("age", 0, None, "không phải điều đúng hay sai"),
        ("lists", 0, None, "không phải điều đúng hay sai"),
        ("'nu'", 0, None, "một giá trị không đứng một mình"),
        ("", 0, None, "biểu thức đã hết"),
        ("  ", 2, None, "biểu thức đã hết"),
        ("pilot and", 9, None, "biểu thức đã hết"),
        ("(pilot", 6, None, "cần “)”"),
        ("pilot)", 5, None, "cần `and`, `or`"),
        ("pilot pilot", 6, None, "cần `and`, `or`"),
        ("not", 3, None, "biểu thức đã hết"),
        ("known(3)", 6, None, "trong known(…) cần một tên dữ kiện"),
        ("known(aeg)", 6, "age", "có phải “age”?"),
        ("known age", 6, None, "cần “(”"),
        ("len(lists)", 0, "known", "chỉ có known(tên)"),
        ("pilot.x", 5, None, "không hiểu “.”"),
        ("lists[0] == 'a'", 5, None, "không hiểu “[”"),
        ("age + 1 > 3", 4, None, "ngôn ngữ không có phép tính"),
        ("age / 0 > 3", 4, None, "ngôn ngữ không có phép tính"),
        ("age - 1 > 3", 4, None, "ngôn ngữ không có phép tính"),
        ("age > - age", 8, None, "sau dấu trừ cần một số"),
        ("age > --3", 7, None, "sau dấu trừ cần một số"),
        ("age > +3", 6, None, "không có phép tính"),
        ("age = 3", 4, None, "so sánh bằng viết là `==`"),
        ("not! pilot", 3, None, "phủ định viết là `not`"),
        ("age ≤ 3", 4, None, "viết `<=`"),
        ("sex == ‘nu’", 7, None, "dấu nháy thẳng"),
        ("sex == 'nu", 7, None, "thiếu dấu nháy đóng"),
        ("age > 0x1F", 6, None, "không phải một số"),
        ("age > 1_000", 6, None, "không phải một số"),
        ("age > 1e3", 6, None, "không phải một số"),
        ("age > 007", 6, None, "không phải một số"),
        ("age > 1.", 6, None, "không phải một số"),
        ("age > 35and pilot", 6, None, "không phải một số"),
        ("coefficient > nan", 14, None, "không có dữ kiện “nan”"),
        ("coefficient < inf", 14, None, "không có dữ kiện “inf”"),
        ("field == f'x'", 9, None, "không có dữ kiện “f”"),
        ("sex == 'n' 'u'", 7, "nu", "không có giá trị “n”"),
        ("field == ''", 9, None, "not known(tên)"),
        ("field == 'a\nb'", 9, None, "ký tự không in được"),
        ("field == 'a\ud800b'", 9, None, "ký tự không in được"),
        ("age < 35\u00a0", 8, None, "không hiểu “U+00A0”"),
        ("ﬁeld == 'x'", 0, None, "không hiểu “ﬁ”; tên dữ kiện chỉ gồm chữ không dấu"),
        ("𝚊ge < 3", 0, None, "không hiểu “𝚊”"),
        ("age # chú thích", 4, None, "không hiểu “#”"),
        ("age\\\n< 3", 3, None, "không hiểu “\\”"),
        ("pilot; pilot", 5, None, "không hiểu “;”"),
        ("lambda: pilot", 6, None, "không hiểu “:”"),
        ("True", 0, None, "không có dữ kiện “True”"),
        ("__import__('os')", 0, "known", "không có hàm “__import__”"),
    ],
)
def test_what_is_refused_says_where_and_what_to_write(text, position, suggestion, words) -> None:
    error = refusal(text)
    assert words in error.message_vi
    assert (error.position, error.suggestion) == (position, suggestion)
    assert error.message_vi.startswith(f"Ký tự {position + 1}: ")
    assert re.search(r"[.?]$", error.message_vi)


def test_an_expression_has_a_longest_length_and_a_deepest_nesting() -> None:
    assert read("(" * MAX_DEPTH + "pilot" + ")" * MAX_DEPTH) == read("pilot")
    assert "lồng nhau quá 50 tầng" in refusal("(" * (MAX_DEPTH + 1) + "pilot" + ")" * (MAX_DEPTH + 1)).message_vi
    assert "lồng nhau quá 50 tầng" in refusal("not " * (MAX_DEPTH + 1) + "pilot").message_vi
    assert read(" and ".join(["not pilot"] * 60)) and read(" and ".join(["(pilot)"] * 60))
    full = " or ".join(["pilot"] * 222).ljust(MAX_LENGTH)
    assert read(full) and "dài quá 2000 ký tự" in refusal(full + " ").message_vi


def test_thousands_of_not_or_brackets_are_an_error_and_not_a_crash() -> None:
    for text in ("not " * 5000 + "pilot", "(" * 100_000, "-" * 1999, "not(" * 499, "1<" * 999):
        assert refusal(text).message_vi


def test_an_expression_that_would_grow_too_long_when_written_out_is_refused() -> None:
    dense = "age<1" + " or age<1" * 200
    assert len(dense) <= MAX_LENGTH
    assert "dài quá 2000 ký tự" in refusal(dense).message_vi


def test_a_fact_of_a_group_the_reader_may_not_see_is_refused_and_never_suggested() -> None:
    assert parse("'bi-thu-xa' in planned_for", vocabulary=VOCABULARY, may_see={"basic", "planning"})
    with pytest.raises(LanguageError, match="chưa được xem nhóm dữ liệu của “planned_for”"):
        parse("'bi-thu-xa' in planned_for", vocabulary=VOCABULARY, may_see={"basic"})
    with pytest.raises(LanguageError, match="chưa được xem") as known:
        parse("known(planned_for)", vocabulary=VOCABULARY, may_see={"basic"})
    with pytest.raises(LanguageError) as misspelt:
        parse("known(planed_for)", vocabulary=VOCABULARY, may_see={"basic"})
    assert known.value.position == 6
    assert misspelt.value.suggestion is None


def test_facts_of_one_unit_compare_however_precisely_they_are_known() -> None:
    vocabulary = {"a": Name(Years(interval=True), "A"), "b": Name(Years(), "B"), "m": Name(Months(), "M")}
    assert parse("a < b", vocabulary=vocabulary)
    with pytest.raises(LanguageError, match="khác đơn vị"):
        parse("a < m", vocabulary=vocabulary)


def test_a_parameter_without_a_value_of_its_type_is_refused() -> None:
    for value in (None, True, 1.5, Decimal("NaN"), "35"):
        with pytest.raises(ValueError, match="no value of Int"):
            Name(Years(), "Tuổi nghỉ hưu", kind="parameter", value=value)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no value of Date"):
        Name(Date(), "Ngày", kind="parameter", value="2020")


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        assert read(to_text(read(text)))
    except LanguageError as refused:
        assert 0 <= refused.position <= len(text)


WORDS = [*VOCABULARY, "and", "or", "not", "in", "known", "(", ")", ",", "-", "<", ">=", "==", "35", "2.34", "'nu'", "'1985'"]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=700, deadline=None)
def test_any_row_of_words_is_read_or_refused_and_python_agrees_on_the_grammar(found: list[str]) -> None:
    text = " ".join(found)
    try:
        tree = read(text)
    except LanguageError as refused:
        assert 0 <= refused.position <= len(text)
    else:
        assert outline(tree) == outline_of_python(ast.parse(text, mode="eval").body)


def test_the_tree_is_the_one_python_builds_for_the_same_text() -> None:
    for text in (*atoms(), *nested(), *deep(number=100, seed=3)):
        assert outline(read(text)) == outline_of_python(ast.parse(text, mode="eval").body)


def outline(expr: Expr) -> object:
    """The shape of our tree without its types."""
    match expr:
        case And(parts) | Or(parts):
            return (type(expr).__name__, [outline(part) for part in parts])
        case Not(part):
            return ("Not", outline(part))
        case Compare(terms, ops):
            return ("Compare", [_plain(term) for term in terms], list(ops))
        case OneOf(found, options, negated):
            return ("Compare", [found.name, [_plain(option) for option in options]], ["not in" if negated else "in"])
        case Holds(item, found, negated):
            return ("Compare", [_plain(item), found.name], ["not in" if negated else "in"])
        case Known(found):
            return ("known", found.name)
        case Fact(found):
            return found.name


def _plain(term: Ref | Literal) -> object:
    if isinstance(term, Ref):
        return term.name
    return term.value.iso if isinstance(term.value, PartialDate) else term.value if isinstance(term.value, str) else float(term.value)


_OPS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def outline_of_python(node: ast.expr) -> object:
    match node:
        case ast.BoolOp(op, values):
            return (type(op).__name__, [outline_of_python(value) for value in values])
        case ast.UnaryOp(ast.Not(), operand):
            return ("Not", outline_of_python(operand))
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return -float(value)
        case ast.Compare(left, ops, comparators):
            terms = [outline_of_python(term) for term in (left, *comparators)]
            if isinstance(ops[0], ast.In | ast.NotIn) and not isinstance(comparators[0], ast.Tuple | ast.Name):
                terms[1] = [terms[1]]  # `x in (1)` is a list of one here, and a number in Python
            return ("Compare", terms, [_OPS[type(op)] for op in ops])
        case ast.Tuple(elts):
            return [outline_of_python(element) for element in elts]
        case ast.Call(_, [ast.Name(name)]):
            return ("known", name)
        case ast.Name(name):
            return name
        case ast.Constant(str() as text):
            return text
        case ast.Constant(value):
            return float(value)
    raise AssertionError(ast.dump(node))
