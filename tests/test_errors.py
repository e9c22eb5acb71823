"""Every error has a kind of its own, because error records name it."""

from knowledge import errors


def test_each_error_has_its_own_kind() -> None:
    kinds = [error.kind for error in errors.AdvisorError.__subclasses__()]
    assert len(kinds) == len(set(kinds)) == 5
    assert errors.AdvisorError.kind not in kinds
