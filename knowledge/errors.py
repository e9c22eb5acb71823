"""What can go wrong, told in one sentence that says what to do.

AdvisorError
|-- InputError        what a person handed over cannot be used
|-- IndexMissing      nothing has been ingested yet
|-- IndexMismatch     the index belongs to another model or release
|-- KnowledgeError    a file of the knowledge base is wrong (a build error, never a user's)
`-- SettingsError     a setting is missing or contradicts another
"""


class AdvisorError(Exception):
    """A sentence for the person who asked. `kind` names it in error records."""

    kind = "error"


class InputError(AdvisorError):
    """The input is empty, too long, not text, or not there."""

    kind = "bad_input"


class IndexMissing(AdvisorError):
    """There is no published index to search."""

    kind = "index_missing"


class IndexMismatch(AdvisorError):
    """The index was made by another embedding model or another knowledge release."""

    kind = "index_mismatch"


class KnowledgeError(AdvisorError):
    """A data file breaks its schema, or refers to something that is not there."""

    kind = "knowledge"


class SettingsError(AdvisorError):
    """A setting is missing, empty or contradicts another."""

    kind = "settings"
