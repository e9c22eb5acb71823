"""Every setting of the Slack door. Read once, where the door opens."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingsError
from knowledge.settings import Folder

EVENTS_PATH = "/slack/events"


class BotSettings(BaseSettings):
    """Tokens, where Slack is, where to listen, and where the bot keeps its state."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    slack_bot_token: str | None = Field(
        default=None, description="Bot token (xoxb-...), from the app's OAuth page.", repr=False
    )
    slack_app_token: str | None = Field(
        default=None,
        description="App-level token (xapp-...). When set, the bot uses Socket Mode.",
        repr=False,
    )
    slack_signing_secret: str | None = Field(
        default=None, description="Signing secret, for signed HTTP.", repr=False
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Base URL of Slack's Web API; GovSlack is https://slack-gov.com/api/.",
    )
    slack_client_id: str | None = Field(
        default=None, description="Client id, to install into several workspaces."
    )
    slack_client_secret: str | None = Field(
        default=None, description="Client secret, to install into several workspaces.", repr=False
    )
    slack_redirect_uri: str | None = Field(
        default=None,
        description="Public URL of /slack/oauth_redirect, as given among the app's redirect URLs.",
    )
    slack_file_hosts: str = Field(
        default="files.slack.com,files.slack-gov.com",
        description="Hosts that uploaded files may be fetched from, comma between.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on in HTTP mode.")
    port: int = Field(default=3000, ge=0, le=65535, description="Port in HTTP mode.")
    home: Folder = Field(
        default_factory=lambda: Path.home() / ".safepolicing",
        validation_alias=AliasChoices("safepolicing_home", "home"),
        description="Folder of the index and of the bot's state.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("safepolicing_database_url", "database_url"),
        description="SQLAlchemy URL of the bot's state; none means SQLite in the home folder.",
        repr=False,
    )
    ops_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("safepolicing_ops_port", "ops_port"),
        description="Port for /metrics, /healthz and /readyz on HOST; none means closed.",
    )
    audit_key: str | None = Field(
        default=None,
        validation_alias=AliasChoices("safepolicing_audit_key", "audit_key"),
        description="Key of the audit record, the same on all replicas; none: made in HOME. With "
        "it and a database URL, what buttons need (texts and reviews, for half an hour) is kept "
        "in that database, encrypted with it; else only in the memory of the process.",
        repr=False,
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        validation_alias=AliasChoices("safepolicing_log_format", "log_format"),
        description="Form of the logs: text for people, or one json object a line.",
    )
    memory_days: int = Field(
        default=30,
        ge=0,
        le=365,
        validation_alias=AliasChoices("safepolicing_memory_days", "memory_days"),
        description="Days for which the questions of a thread are remembered.",
    )
    workers: int = Field(
        default=2,
        ge=1,
        le=64,
        validation_alias=AliasChoices("safepolicing_workers", "workers"),
        description="Threads that answer and review, away from the event loop.",
    )
    per_user_minute: int = Field(
        default=12,
        ge=1,
        validation_alias=AliasChoices("safepolicing_per_user_minute", "per_user_minute"),
        description="Messages a person may send in a minute, counted by each replica.",
    )
    per_workspace_minute: int = Field(
        default=120,
        ge=1,
        validation_alias=AliasChoices("safepolicing_per_workspace_minute", "per_workspace_minute"),
        description="Messages that a workspace may send in a minute, counted by each replica.",
    )

    @property
    def socket_mode(self) -> bool:
        """An app token means Socket Mode, whatever else is set."""
        return bool(self.slack_app_token)

    @property
    def many_workspaces(self) -> bool:
        """Client id and secret mean that workspaces install the app themselves."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def authorization_url(self) -> str:
        """Where a person lets the app into a workspace, on the same Slack as the Web API."""
        slack = self.slack_api_url.rstrip("/").removesuffix("/api")
        return f"{slack}/oauth/v2/authorize"

    @property
    def state_url(self) -> str:
        """Where the bot's state lies, as an SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'bot.sqlite3'}"

    @property
    def shared_shelves(self) -> bool:
        """Replicas that share a database and a key share what their buttons need."""
        return bool(self.database_url and self.audit_key)

    def check(self) -> None:
        """What a bot needs is there. Raises: `SettingsError` naming what is missing."""
        if not self.slack_bot_token and not self.many_workspaces:
            raise SettingsError(
                "SLACK_BOT_TOKEN is not set; copy the token that starts with xoxb- from your "
                "app's OAuth page into .env."
            )
        if bool(self.slack_client_id) != bool(self.slack_client_secret):
            raise SettingsError(
                "Only one of SLACK_CLIENT_ID and SLACK_CLIENT_SECRET is set; copy both from your "
                "app's Basic Information page into .env, or neither."
            )
        if not self.socket_mode and not self.slack_signing_secret:
            raise SettingsError(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set; "
                "copy one of them from your app's Basic Information page into .env."
            )
        _check_prefix("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-")
        _check_prefix("SLACK_APP_TOKEN", self.slack_app_token, "xapp-")


def read_settings() -> BotSettings:
    """The settings from the environment and `.env`. Raises: `SettingsError`."""
    try:
        return BotSettings()
    except ValueError as error:
        raise SettingsError(_sentence(error)) from None


def _check_prefix(name: str, value: str | None, prefix: str) -> None:
    if value and not value.startswith(prefix):
        raise SettingsError(
            f"{name} does not start with {prefix}; another of the app's tokens was copied there."
        )


def _sentence(error: ValueError) -> str:
    """Names the settings that cannot be read, never their values."""
    errors = error.errors() if isinstance(error, ValidationError) else []
    names = ", ".join(str(item["loc"][0]).upper() for item in errors if item["loc"])
    return f"These settings cannot be read: {names or 'unknown'}; compare them with .env.example."
