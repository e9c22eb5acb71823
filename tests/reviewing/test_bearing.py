"""What stands beside a rule must be of a known kind: else a person reads both."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.reviewing import review
from knowledge.types import Excerpt

BAN = "Choke holds are prohibited. "
LAW = "Officers shall comply with all applicable federal, state and local laws when using force. "
PAGE = """4.1 Choke holds are prohibited unless deadly force is justified by law.
4.2 Officers shall report force.
4.3 Officers shall wear hats.
4.4 Officers shall salute.
4.5 Officers shall be on time.
4.6 """


def verdict(text: str, standard: str = "chokeholds") -> str:
    findings = review(Excerpt("x", text, date(2026, 11, 24)), "test").findings
    return next(str(f.verdict) for f in findings if f.standard == standard)


@pytest.mark.parametrize(
    "beside",
    [
        "Officers shall report every use of force.",
        "Violations of this policy may result in discipline.",
        "This order applies to all sworn and civilian members.",
        "This policy is effective January 1, 2021.",
        "Choke holds can kill.",
        "An officer who applies one shall call an ambulance.",
        "Officers may use a baton to defend themselves against an assault.",
        "This ban does not apply where deadly force is allowed by law.",
        "Deadly force may be used only to stop an imminent threat of death.",
        "Approved by the Board in May 2021.",
        "\nExceptions: None.",
        "A supervisor cannot waive this rule.",
    ],
)
def test_what_is_understood_leaves_a_ban_alone(beside: str) -> None:
    assert verdict(BAN + beside) == "meets"


@pytest.mark.parametrize(
    "beside",
    [
        "\nExceptions:\n- the officer is alone",
        "\nPermitted uses:\n- saving evidence",
        "The carotid hold, which can also cut off breathing, is allowed for trained staff.",
        "Kneeling on the neck is acceptable while handcuffing.",
        "Nobody will be written up for one in a real fight.",
        "If you have to, you have to.",
        "Officers retain every option when cornered.",
        "(  ) True  (  ) False",
        "This handout is not department policy.",
        "Exceptions: none without the approval of a supervisor.",
        "Level two responses include the choke hold.",
        "Options: baton, choke hold, spray.",
        "After the spray fails, the choke hold is next.",
        "The choke hold is an effective technique.",
        "A short one is fine.",
        "Detectives are not covered.",
        "The rule yields in emergencies.",
        "The jail follows its own manual.",
        "This order applies to the patrol division.",
        "Officers may do whatever it takes to win a fight.",
        "There are exceptions.",
        "Except in the jail.",
        "Approval is required.",
        "A forearm across the throat is not a choke hold.",
        "Choke hold here means a hold applied for more than a minute.",
        "The council has not voted on it.",
        "Justified use is not a breach.",
    ],
)
def test_a_sentence_that_may_loosen_a_ban_costs_the_meets(beside: str) -> None:
    assert verdict(BAN + beside) != "meets"


@pytest.mark.parametrize(
    "last",
    [
        "Section 4.1 is for patrol.",
        "This manual is a guide; officers may depart from it.",
        "Officers fighting for control may use whatever hold they can.",
        "Deadly force is justified when a person resists with force.",
        "Deadly force means any force that hurts.",
        "An officer may shoot any burglar.",
    ],
)
def test_what_stands_farther_off_counts_too(last: str) -> None:
    assert verdict(PAGE + "Officers shall be polite.") == "meets"
    assert verdict(PAGE + last) != "meets"


@pytest.mark.parametrize(
    "beside",
    [
        "Officers may use reasonable force to make an arrest.",
        "Officers may strike a person who attacks them.",
        "If the law and this policy conflict, the law controls.",
        "Where this policy is stricter than the law, this policy controls.",
        "Verbal insults do not justify force.",
        "No order of a supervisor excuses a violation of law.",
    ],
)
def test_what_is_understood_leaves_a_commitment_to_law_alone(beside: str) -> None:
    assert verdict(LAW + beside, "applicable-law") == "meets"


@pytest.mark.parametrize(
    "beside",
    [
        "Officers may hit those who do not answer.",
        "Strike any prisoner who talks back.",
        "Force may be used to obtain a confession.",
        "Any force is allowed.",
        "Officers may use force as they like.",
        "The manual is followed where it differs from the law.",
        "Follow the sheriff, not the statute.",
        "The law is a guide only.",
        "Safety comes before the law.",
        "State law yields to this manual.",
    ],
)
def test_force_without_need_or_a_house_above_law_costs_the_meets(beside: str) -> None:
    assert verdict(LAW + beside, "applicable-law") != "meets"


@pytest.mark.parametrize(
    "text",
    [
        "Duty officers shall not use choke holds.",
        "The guillotine choke is banned.",
        "Holds meant to cut off breath are prohibited.",
        "Choke holds are prohibited unless deadly force is available.",
        "Choke holds are prohibited except in deadly force situations and for fighting subjects.",
        "No officer shall be ordered to use a choke hold.",
        "Choke holds are prohibited or limited to trained officers.",
        "Prohibited holds do not include choke holds.",
        "Choke holds may be prohibited.",
        "Choke holds (carotid) are prohibited.",
    ],
)
def test_a_narrow_ban_is_no_full_one(text: str) -> None:
    assert verdict(text) != "meets"


@pytest.mark.parametrize(
    "text",
    [
        "On May 4 a deputy used a choke hold.",
        "No jailer shall use a choke hold.",
        "Officers shall neither use nor threaten to use a choke hold.",
        "Choke holds were once allowed. They are now prohibited.",
        "The policy that you sent us does not prohibit choke holds.",
        f"{BAN}If a person says he cannot breathe, officers shall take it seriously.",
    ],
)
def test_a_lawful_text_is_not_accused(text: str) -> None:
    assert verdict(text) != "does_not_meet"


def test_the_lawful_exception_is_not_above_the_law() -> None:
    text = f"{BAN}This ban does not apply if deadly force is allowed by law."
    assert verdict(text) == "meets"
    assert verdict(text, "applicable-law") == "not_addressed"


@pytest.mark.parametrize(
    "beside",
    [
        "Officers may shoot to stop the theft of property.",
        "Deadly force may be used against any burglar.",
        "The sheriff is the law here.",
        "Officers may use deadly force on anyone who runs.",
        "If a statute ties your hands, do what the moment needs.",
        "An officer may use whatever force the arrest demands.",
        "Whether force was proper depends only on what the officer felt.",
    ],
)
def test_force_past_the_law_takes_the_commitment_back(beside: str) -> None:
    assert verdict(LAW + beside, "applicable-law") != "meets"


def test_a_paper_called_after_deadly_force_is_no_deadly_force() -> None:
    assert verdict("Choke holds are prohibited unless noted on the deadly force form.") != "meets"


def test_law_for_training_on_force_is_not_law_for_force() -> None:
    text = "Training on force shall comply with all applicable federal, state and local laws."
    assert verdict(text, "applicable-law") != "meets"
