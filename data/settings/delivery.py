"""What `project.toml` may say of where editions are delivered, and who is told."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from data.settings.addresses import website_fault
from data.settings.kinds import Name, Number, OutputName, SettingError, Settings, judged

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")
BRIEF = "brief"
"""What `attach` calls the page that says what changed."""


def _out_of_the_environment(said: str) -> str:
    """What must not stand in a file is not repeated in a message either."""
    if _VARIABLE.fullmatch(said) is None:
        raise SettingError("does not stand in the file.", 'Put it into an environment variable, and write "${NAME}".')
    return said


def _without_password(said: str) -> str:
    """An address, or a folder's path, without anything that is a secret."""
    if not _SCHEME.match(said):
        return said
    try:
        parts = urlsplit(said)
        wrong = parts.password is not None or parts.query or parts.fragment or "::" in said or not parts.netloc
    except ValueError:
        wrong = True
    if wrong:
        raise SettingError(
            "is no address of a folder.",
            'Write such as "sftp://fair@files.example.edu/www/fair" or "s3://bucket/fair"; a password has a setting of '
            "its own.",
        )
    return said


def _leads_to_readers(said: str) -> str:
    return website_fault(said.replace("{edition}", "edition"))


Secret = Annotated[str, AfterValidator(_out_of_the_environment)]
"""An environment variable: "${NAME}"."""
Address = Annotated[str, StringConstraints(min_length=1, max_length=1000), AfterValidator(_without_password)]


class DeliverSettings(Settings):
    """One place to which editions are delivered once they are published."""

    to: Address
    """A folder, or the address of one: sftp://, s3://, and others of fsspec."""
    batch: Name | None = None
    """The batch whose documents go there, each into a folder that is called by its recipient; all documents of the
    edition where it is not said."""
    key: Secret | None = None
    """Of an object store: whose store it is."""
    secret: Secret | None = None
    """What goes with `key`."""
    endpoint: (
        Annotated[str, StringConstraints(pattern=r"^(https?://[^\s@?#$]+|\$\{[A-Za-z_][A-Za-z0-9_]*\})$")] | None
    ) = None
    """The address of an object store that is not Amazon's."""
    region: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$")] | None = None
    """Where an object store keeps what it is given: "eu-central-1"."""
    password: Secret | None = None
    """Of an SFTP server; or what opens `key_file`."""
    key_file: Secret | None = None
    """The file with the private key for an SFTP server."""
    options: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Secret] = {}
    """What other kinds of stores are told, by the names that fsspec has for it."""
    timeout: Annotated[Number, Field(gt=0, le=3600)] = 120
    """Seconds that one file may take."""

    @property
    def protocol(self) -> str:
        """How the place is reached: "s3"; "" for a folder."""
        found = _SCHEME.match(self.to)
        return found[1].lower() if found else ""

    @property
    def leads(self) -> str:
        """The address that login data go to."""
        return self.endpoint or self.to

    @property
    def secrets(self) -> dict[str, str]:
        """Each setting that is an environment variable: its name → "${NAME}"."""
        named = {name: getattr(self, name) for name in ("key", "secret", "password", "key_file")}
        return {**{name: said for name, said in named.items() if said is not None}, **self.options}

    @model_validator(mode="after")
    def _fits_its_kind(self) -> DeliverSettings:
        known = {"s3": {"key", "secret", "endpoint", "region"}, "sftp": {"password", "key_file"}, "": set[str]()}
        own = known.get(self.protocol, {"options"})
        for name in ("key", "secret", "endpoint", "region", "password", "key_file", "options"):
            if getattr(self, name) and name not in own:
                kind = f"{self.protocol}://" if self.protocol else "a folder"
                raise ValueError(f"{name} means nothing for {kind}")
        if self.protocol == "s3" and not (self.key and self.secret):
            raise ValueError('s3:// needs key = "${NAME}" and secret = "${NAME}"')
        if self.protocol == "sftp" and not (self.key_file or self.password):
            raise ValueError('sftp:// needs key_file = "${NAME}", or password = "${NAME}"')
        return self


When = Literal["published", "held", "failed"]


class TellSettings(Settings):
    """Somebody who is told what became of a run."""

    url: Secret
    """Where the message goes, as Apprise writes it: "${FAIR_MAIL_URL}", in which mailto://... stands."""
    when: Annotated[tuple[When, ...], Field(min_length=1)] = ("published", "held", "failed")
    """What is told: an edition that was published, one that is held, a run that failed."""
    attach: tuple[OutputName, ...] = ()
    """Outputs that come with the message; "brief" for the page that says what changed."""
    link: Annotated[str, judged(_leads_to_readers)] = ""
    """Where readers find the documents; {edition} in it stands for the edition's folder."""
    timeout: Annotated[Number, Field(gt=0, le=3600)] = 60
    """Seconds that sending may take."""
