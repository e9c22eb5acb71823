"""One case, one result, one judgement with its reason."""

from __future__ import annotations

import pytest

from evals.cases import Case
from evals.scorers.answers import judge_answer
from evals.scorers.retrieval import judge_ranking
from evals.scorers.review import judge_review, overlap
from evals.scorers.support import precision_of, support_marks, supported
from evals.scorers.wording import occurs
from evals.scores import Outcome
from evals.verdicts import Verdicts
from knowledge.types import AbstentionKind
from tests.evals.small import (
    GROUND,
    ORDER,
    ORDER_STATEMENT,
    STATUS_STATEMENT,
    answer_of,
    citation,
    question_case,
    told,
)


def judged(case, answer):
    return judge_answer(case, answer, GROUND)


def test_an_answer_with_everything_is_right():
    case = question_case(
        facts=[["deadly force"]], cites=["eo-13929#§ 2(c)(ii)"], status_line=True, lead="no"
    )
    lead = told(f"No, with one exception: {ORDER}", citation(ORDER))
    got = judged(case, answer_of(lead, STATUS_STATEMENT))
    assert got.outcome is Outcome.RIGHT
    assert got.why == ""
    assert got.marks["citation_recall"] == 1
    assert got.marks["citation_precision"] == 1


@pytest.mark.parametrize(
    ("expect", "mark", "why"),
    [
        ({"facts": [["carotid"]]}, "facts", "does not say carotid"),
        ({"cites": ["eo-14148"]}, "right_citation", "cites eo-13929#§ 2(c)(ii)"),
        ({"status_line": True}, "status_line", "no line on what ended the source"),
        ({"lead": "yes"}, "lead", "opens with neither yes nor no"),
    ],
)
def test_a_part_that_is_amiss_is_named(expect, mark, why):
    got = judged(question_case(**expect), answer_of(ORDER_STATEMENT))
    assert got.outcome is Outcome.PARTLY
    assert got.marks[mark] < 1
    assert why in got.why


def test_a_bare_source_matches_each_of_its_places():
    got = judged(question_case(cites=["eo-13929"]), answer_of(ORDER_STATEMENT))
    assert got.outcome is Outcome.RIGHT


def test_a_wrong_wording_and_the_opposite_lead_are_wrong():
    said = judged(question_case(wrong=["deadly force"]), answer_of(ORDER_STATEMENT))
    assert said.outcome is Outcome.WRONG
    assert "deadly force" in said.why
    lead = told(f"Yes: {ORDER}", citation(ORDER))
    opposite = judged(question_case(lead="no"), answer_of(lead))
    assert opposite.outcome is Outcome.WRONG


def test_a_quote_that_does_not_stand_where_it_is_cited_is_not_right():
    invented = told(ORDER, citation("EO 13929 bans every hold."))
    got = judged(question_case(), answer_of(invented))
    assert got.marks["exact_quotes"] == 0
    assert got.outcome is Outcome.PARTLY


def test_declining_has_names_of_its_own():
    declined = answer_of(kind=AbstentionKind.LEGAL_ADVICE)
    assert judged(question_case(), declined).outcome is Outcome.FALSE_ABSTENTION
    due = question_case(answered=False, abstention=["legal_advice", "needs_agency_fact"])
    assert judged(due, declined).outcome is Outcome.RIGHT
    assert judged(due, answer_of(ORDER_STATEMENT)).outcome is Outcome.MISSED_ABSTENTION
    other = question_case(answered=False, abstention=["out_of_scope"])
    got = judged(other, declined)
    assert got.outcome is Outcome.PARTLY
    assert got.why == "declined as legal_advice"


def test_a_false_abstention_does_not_enter_the_means_of_what_was_said():
    marks = judged(
        question_case(facts=[["deadly"]], cites=["eo-13929"]), answer_of(kind=AbstentionKind.UNSAFE)
    ).marks
    assert "facts" not in marks
    assert "right_citation" not in marks
    assert marks["false_abstention"] == 1
    assert marks["wrong"] == 0


def test_wordings_begin_at_a_word_and_end_no_number():
    assert occurs("incapacitat", "in order to Incapacitate")
    assert not occurs("Kansas", "in Arkansas")
    assert not occurs("20", "until 2023")
    assert occurs("until 2023", "valid until 2023.")
    assert occurs("officer's", "the officer\u2019s duty")


def test_support_needs_content_numbers_and_negation():
    quote = "The award ended on March 31, 2024 and was not renewed."
    assert supported("The award ended on March 31, 2024.", [quote])
    assert not supported("The award ended on March 31, 2025.", [quote])
    assert not supported("The award was never paid to Kansas agencies in full.", [quote])
    assert not supported("The award was not renewed.", ["The award was renewed."])


def test_a_superfluous_citation_is_not_precise():
    assert precision_of(ORDER, [ORDER, "Kansas has a commission."]) == [1.0, 0.0]
    assert precision_of("Nothing of the kind.", [ORDER]) == [0.0]
    halves = ["Policies must prohibit chokeholds.", "Deadly force is allowed by law, except there."]
    assert precision_of(ORDER.replace("EO 13929 has policies", "Policies"), halves) == [1.0, 1.0]


def test_support_of_nothing_is_no_figure():
    assert support_marks([]) == {}


def review_case(text: str, evidence: dict | None = None, **expect: str) -> Case:
    wanted = {name.replace("_", "-"): verdict for name, verdict in expect.items()}
    body = {"text": text, "expect": wanted, "evidence": evidence or {}}
    return Case("review", "dev", "r", "modality", False, body)


def test_a_false_meets_is_wrong_and_a_missed_one_is_not():
    case = review_case("x", chokeholds="partial", applicable_law="meets")
    false = judge_review(case, Verdicts({"chokeholds": "meets", "applicable-law": "meets"}))
    assert false.outcome is Outcome.WRONG
    assert false.marks["false_meets"] == 1
    assert false.why == 'false "meets": chokeholds'
    missed = judge_review(case, Verdicts({"chokeholds": "partial", "applicable-law": "unclear"}))
    assert missed.outcome is Outcome.PARTLY
    assert missed.marks["missed_meets"] == 1
    assert missed.marks["chokeholds"] == 1
    assert missed.marks["applicable-law"] == 0


def test_evidence_overlap_in_characters():
    assert overlap((0, 10), [(5, 15)]) == pytest.approx(0.5)
    assert overlap((0, 10), [(0, 10)]) == 1
    assert overlap((0, 10), [(20, 30)]) == 0
    case = review_case("Officers shall not do it.", {"chokeholds": "shall not"}, chokeholds="meets")
    got = judge_review(case, Verdicts({"chokeholds": "meets"}, {"chokeholds": [(9, 18)]}))
    assert got.marks["evidence_overlap"] == 1
    assert got.marks["evidence_hit"] == 1


def test_any_accepted_place_will_do():
    case = question_case(cites=["eo-13929#§ 2(b)", "eo-14148"])
    got = judge_ranking(case, ["eo-13929#§ 2(c)", "eo-14148#§ 2(vv)", "eo-13929#§ 2(b)"])
    assert got.outcome is Outcome.RIGHT
    assert got.marks["mrr"] == 0.5
    assert got.marks["recall@1"] == 0
    assert got.marks["recall@5"] == 1
    assert judge_ranking(case, ["eo-13929#§ 1"]).outcome is Outcome.PARTLY
