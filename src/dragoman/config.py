"""Settings: read once from the environment, checked at once, never changed afterwards."""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from email.headerregistry import Address
from pathlib import Path
from typing import Any, Self, cast

from dragoman.config_values import (
    HostPort,
    Network,
    WrongValue,
    folder_or_file,
    host_ports,
    ip_address,
    networks,
    port_number,
    postgres_address,
    seconds,
    text,
    web_address,
)
from dragoman.errors import OperatorError
from dragoman.mail.server import MailServer, mail_sender, mail_server

Environment = Mapping[str, str]
Default = str | Callable[[Environment], str] | None


def data_folder(env: Environment) -> str:
    if os.geteuid() == 0:
        return "/var/lib/dragoman"
    return f"{env.get('XDG_DATA_HOME') or '~/.local/share'}/dragoman"


def key_file(env: Environment) -> str:
    """Outside the data folder, so that a copy of the data alone opens no secret."""
    if os.geteuid() == 0:
        return "/etc/dragoman/master.key"
    return f"{env.get('XDG_CONFIG_HOME') or '~/.config'}/dragoman/master.key"


def setting(
    variable: str,
    read: Callable[[str], object],
    meaning: str,
    *,
    default: Default = None,
    shown_default: str = "",
    secret: bool = False,
) -> Any:  # a dataclass field stands where its value will be
    """One setting: its variable, how its text is read, its default, and its row in the documentation."""
    row = {"variable": variable, "read": read, "meaning": meaning, "default": default, "shown": shown_default}
    return field(metadata=row, repr=not secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an installation may choose. `None` means not set; the meaning says what happens then."""

    database_url: str | None = setting(
        "DATABASE_URL",
        postgres_address,
        "PostgreSQL 15 or later to use. Not set: the embedded PostgreSQL runs in the data folder.",
        secret=True,
    )
    listen_database_url: str | None = setting(
        "LISTEN_DATABASE_URL",
        postgres_address,
        "A direct way to the same database, for LISTEN and the door: needed when DATABASE_URL goes through pgbouncer.",
        shown_default="DATABASE_URL",
        secret=True,
    )
    data: Path = setting(
        "DRAGOMAN_DATA",
        folder_or_file,
        "Folder of the embedded database and of attachments.",
        default=data_folder,
        shown_default="~/.local/share/dragoman, as root /var/lib/dragoman",
    )
    key: str | None = setting(
        "DRAGOMAN_KEY",
        text,
        "Master key that encrypts stored secrets. Not set: the key file is used, and made when missing.",
        secret=True,
    )
    key_file: Path = setting(
        "DRAGOMAN_KEY_FILE",
        folder_or_file,
        "File of the master key, readable by its owner only, outside the data folder and its backups.",
        default=key_file,
        shown_default="~/.config/dragoman/master.key, as root /etc/dragoman/master.key",
    )
    public_url: str | None = setting(
        "PUBLIC_URL",
        web_address,
        "Address under which browsers and platforms reach this installation, such as https://inbox.example.com.",
        shown_default="the address it listens on",
    )
    bind: str = setting(
        "DRAGOMAN_BIND", ip_address, "IP address the web process listens on.", default="127.0.0.1"
    )
    port: int = setting("DRAGOMAN_PORT", port_number, "Port the web process listens on.", default="8088")
    trusted_proxies: tuple[Network, ...] = setting(
        "DRAGOMAN_TRUSTED_PROXIES",
        networks,
        "Networks whose X-Forwarded-For and X-Forwarded-Proto are believed, such as 10.0.0.0/8, with commas.",
        default="127.0.0.0/8,::1/128",
    )
    send_seconds: int = setting(
        "DRAGOMAN_SEND_SECONDS",
        seconds,
        "Seconds that a platform may take to accept a message; then it counts as of unknown fate.",
        default="60",
    )
    allow_hosts: frozenset[HostPort] = setting(
        "DRAGOMAN_ALLOW_HOSTS",
        host_ports,
        "host:port pairs, with commas, that may be fetched from, and called as webhooks, although they are private.",
        default="",
    )
    mail_url: MailServer | None = setting(
        "MAIL_URL",
        mail_server,
        "Mail server: smtp://user:password@host:587 (STARTTLS, except on this machine) or smtps://… (TLS)."
        " `?tls=none` behind smtp:// for a server of one's own network without it. Not set: no mail is sent.",
        secret=True,
    )
    mail_from: Address | None = setting(
        "MAIL_FROM", mail_sender, "Whom mail comes from, such as Our Inbox <inbox@example.com>."
    )
    simulator_url: str | None = setting(
        "DRAGOMAN_SIMULATOR_URL", web_address, "Address of a running simulator. Trial workspaces only."
    )
    telegram_api: str = setting(
        "DRAGOMAN_TELEGRAM_API",
        web_address,
        "Address of the Telegram Bot API.",
        default="https://api.telegram.org",
    )
    graph_api: str = setting(
        "DRAGOMAN_GRAPH_API",
        web_address,
        "Address and version of Meta's Graph API.",
        default="https://graph.facebook.com/v26.0",
    )
    instagram_api: str = setting(
        "DRAGOMAN_INSTAGRAM_API",
        web_address,
        "Address and version of Instagram's own Graph API, for accounts that log in with Instagram.",
        default="https://graph.instagram.com/v26.0",
    )

    @classmethod
    def from_environment(cls, env: Environment | None = None) -> Self:
        """Read every setting.

        Raises:
            OperatorError: one sentence that names the variable and says what it must be.
        """
        chosen = os.environ if env is None else env
        settings = cls(**{each.name: _value_of(each, chosen) for each in fields(cls)})
        settings._refuse_a_key_beside_the_data()
        settings._refuse_mail_from_nobody()
        return settings

    @property
    def own_url(self) -> str:
        """Where a browser finds us: the public address, else the one we listen on."""
        return self.public_url or self.listening_url

    @property
    def listening_url(self) -> str:
        """The address we listen on, as seen from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.bind, self.bind)  # noqa: S104 compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def _refuse_a_key_beside_the_data(self) -> None:
        if self.key is None and self.key_file.is_relative_to(self.data):
            raise OperatorError(
                f"DRAGOMAN_KEY_FILE ({self.key_file}) lies inside DRAGOMAN_DATA ({self.data}): keep the key"
                " elsewhere, so that a copy of the data alone opens no secret."
            )

    def _refuse_mail_from_nobody(self) -> None:
        if self.mail_url is not None and self.mail_from is None:
            raise OperatorError("MAIL_FROM must be set where MAIL_URL is: no server takes mail from nobody.")


def _value_of(setting: Field[Any], env: Environment) -> Any:
    row = setting.metadata
    default: Default = row["default"]
    written = env.get(row["variable"], "").strip() or (default(env) if callable(default) else default)
    if written is None:
        return None
    try:
        return row["read"](written)
    except WrongValue as wrong:
        raise OperatorError(f"{row['variable']} {wrong}.") from None


def settings_table() -> str:
    """The settings as a Markdown table: the one that stands in docs/operating.md."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for each in fields(Settings):
        row = each.metadata
        default = cast(str, row["shown"] or (row["default"] if isinstance(row["default"], str) else ""))
        lines.append(f"| `{row['variable']}` | {default or 'not set'} | {row['meaning']} |")
    return "\n".join(lines)
