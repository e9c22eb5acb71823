"""What a workspace has set for all its people: the state whose law is looked at beside."""

from __future__ import annotations

import time

from bot.database import Database


class Workspaces:
    """Keeps one row for each workspace that has set something."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, team: str) -> str | None:
        """The postal code of the workspace's state, or None where nobody has set it."""
        found = self._database.rows("SELECT state FROM workspaces WHERE team = :team", team=team)
        return str(found[0][0]) if found and found[0][0] else None

    def set_state(self, team: str, state: str | None) -> None:
        """`state` is the workspace's from now on."""
        self._database.change(
            "INSERT INTO workspaces (team, state, at) VALUES (:team, :state, :at) "
            "ON CONFLICT (team) DO UPDATE SET state = :state, at = :at",
            team=team,
            state=state or "",
            at=time.time(),
        )

    def forget_team(self, team: str) -> None:
        """Nothing is set for the workspace."""
        self._database.change("DELETE FROM workspaces WHERE team = :team", team=team)
