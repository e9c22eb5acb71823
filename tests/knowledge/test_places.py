"""States by name, postal code, and agencies whose names carry one."""

import pytest

from knowledge.places import states_in


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("chokeholds in West Virginia", ("WV",)),
        ("Washington, D.C. rules", ("DC",)),
        ("Austin PD, TX", ("TX",)),
        ("Boise PD (ID)", ("ID",)),
        ("Washington County Sheriff's Office in Oregon", ("OR",)),
        ("Delaware County, Ohio", ("OH",)),
        ("Kansas City, Missouri", ("MO",)),
        ("Kansas City police", ()),
        ("Oklahoma City police", ("OK",)),
        ("New York City police", ("NY",)),
        ("the carotid hold in tx", ("TX",)),
        ("what does Tennessee v. Garner say", ()),
        ("Texas v. Colorado", ("TX", "CO")),
        ("give it to me or in me", ()),
        ("is it ok in or out", ()),
        ("from de facto rules", ()),
    ],
)
def test_states_in(text: str, states: tuple[str, ...]) -> None:
    assert states_in(text) == states
