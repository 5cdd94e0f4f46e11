"""Settings from the environment, typed, failing loudly at the start with the variable's name and the fix.

`CATALOGUE` lists every setting with its reason; the manual is generated from it and a test refuses an unlisted one.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .env_log import LogSettings, read_log
from .env_objects import ObjectStorage, read_objects


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: `EVENKEEL_<name>`."""

    name: str
    kind: str
    default: str
    why: str

    @property
    def variable(self) -> str:
        return f"EVENKEEL_{self.name}"


CATALOGUE: tuple[Setting, ...] = (
    Setting(name="DATA_DIR", kind="path", default="./data", why="Where the SQLite file, the log and uploads live."),
    Setting(
        name="DATABASE_URL",
        kind="address",
        default="",
        why="postgresql://user:password@host:port/name when a team shares the install; empty means SQLite in the data folder.",
    ),
    Setting(
        name="SECRET_KEY",
        kind="secret",
        default="",
        why="Signs sessions and links. Empty: made once and kept in the data folder, readable by the owner alone.",
    ),
    Setting(
        name="DEBUG", kind="yes/no", default="no", why="Detailed error pages. Never on an address others can reach."
    ),
    Setting(
        name="HOSTS",
        kind="list",
        default="localhost,127.0.0.1,[::1]",
        why="The host names under which people reach the site, by commas.",
    ),
    Setting(
        name="URL",
        kind="address",
        default="",
        why="The public address, for links in mail; https switches secure cookies on.",
    ),
    Setting(
        name="BIND", kind="text", default="127.0.0.1:8000", why="Address and port that `evenkeel serve` listens on."
    ),
    Setting(
        name="WEB_PROCESSES", kind="number", default="1", why="Web processes of `evenkeel serve`; one a core is plenty."
    ),
    Setting(name="WEB_THREADS", kind="number", default="8", why="Threads of each web process."),
    Setting(name="LOG_LEVEL", kind="text", default="INFO", why="DEBUG, INFO, WARNING or ERROR."),
    Setting(name="LOG_FORMAT", kind="text", default="json", why="json, or console for reading by eye."),
    Setting(
        name="MAIL_URL",
        kind="address",
        default="",
        why="smtp://user:password@host:port (smtps for TLS); empty prints mail to the log.",
    ),
    Setting(name="MAIL_FROM", kind="text", default="evenkeel@localhost", why="The sender of mail."),
    Setting(
        name="OIDC_ISSUER",
        kind="address",
        default="",
        why="OpenID Connect issuer for single sign-on; empty switches it off.",
    ),
    Setting(name="OIDC_CLIENT_ID", kind="text", default="", why="The client id at the issuer."),
    Setting(name="OIDC_CLIENT_SECRET", kind="secret", default="", why="The client secret at the issuer."),
    Setting(name="OIDC_NAME", kind="text", default="Single sign-on", why="What the button on the log-in page says."),
    Setting(
        name="TRUST_PROXY",
        kind="yes/no",
        default="no",
        why="Believe X-Forwarded-Proto and -For of a proxy in front of us.",
    ),
    Setting(
        name="WEBHOOK_HOSTS",
        kind="list",
        default="",
        why="Hosts inside the network that may be told of rulings, also without TLS, by commas. All others must be https on a "
        "public address.",
    ),
    Setting(
        name="REQUIRE_MFA",
        kind="yes/no",
        default="no",
        why="Everybody needs a second factor before they get past their profile.",
    ),
    Setting(
        name="HOUR_COST_CENTS",
        kind="number",
        default="0",
        why="What a productive hour costs, for figures of cost where no costs are on record; 0: such figures are not known.",
    ),
    Setting(
        name="CURRENCY", kind="text", default="EUR", why="The code of the currency in which figures of cost are shown."
    ),
    Setting(
        name="IDLE_AFTER_MIN",
        kind="number",
        default="10",
        why="Minutes without a sign of life after which somebody at work counts as idle, dated back to the last sign.",
    ),
    Setting(
        name="BULK_ALONE_UP_TO",
        kind="number",
        default="500",
        why="How many tasks one person may change at once; for more a second person has to approve.",
    ),
    Setting(
        name="S3_ENDPOINT",
        kind="address",
        default="",
        why="Object storage that speaks S3, such as https://s3.example.org; empty means Amazon's. Needs the extra `s3`.",
    ),
    Setting(name="S3_REGION", kind="text", default="us-east-1", why="The region that requests are signed for."),
    Setting(
        name="S3_KEY_ID",
        kind="text",
        default="",
        why="The access key's id. Empty, with an empty secret: the machine's own role, where it has one.",
    ),
    Setting(name="S3_SECRET", kind="secret", default="", why="The access key's secret."),
    Setting(
        name="S3_BUCKETS",
        kind="list",
        default="",
        why="Buckets in which items may name media as s3://bucket/key, by commas. Others are refused.",
    ),
    Setting(
        name="S3_UPLOADS",
        kind="text",
        default="",
        why="bucket or bucket/folder where uploaded files are kept; empty: the data folder. Files already there stay there.",
    ),
    Setting(
        name="S3_SERVE",
        kind="text",
        default="proxy",
        why="How browsers get files: proxy, through us; or signed, by a short-lived address of the object storage itself.",
    ),
    Setting(
        name="S3_SIGNED_S", kind="number", default="60", why="Seconds for which a signed address works, 5 to 3600."
    ),
    Setting(
        name="ANALYTICS_PASSWORD",
        kind="secret",
        default="",
        why="The password of the role evenkeel_analytics, read by `evenkeel analytics install` alone; at least 16 characters.",
    ),
    Setting(
        name="ENGINE",
        kind="text",
        default="duckdb",
        why="What reads the log: duckdb in the process; local[2] or spark://host:port for Spark (extra `spark`, Java 17).",
    ),
    Setting(
        name="LOG_URL",
        kind="text",
        default="",
        why="s3://bucket/folder where the log's files are kept, reached as the S3_ settings say; empty: the data folder.",
    ),
    Setting(
        name="LOG_KEEP_DAYS",
        kind="text",
        default="",
        why="Days after which rows leave the log, by fact: decisions=1095,time=400. Facts not named stay for ever.",
    ),
    Setting(
        name="DEMO",
        kind="yes/no",
        default="no",
        why="Set by `evenkeel demo`: shows the demo's log-ins on the log-in page.",
    ),
)
_BY_NAME = {setting.name: setting for setting in CATALOGUE}


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of this process."""

    data_dir: Path
    database: Mapping[str, Any]
    secret_key: str
    debug: bool
    hosts: tuple[str, ...]
    url: str
    bind_host: str
    bind_port: int
    web_processes: int
    web_threads: int
    log_level: str
    log_format: str
    mail: Mapping[str, Any]
    mail_from: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_name: str
    trust_proxy: bool
    webhook_hosts: tuple[str, ...]
    require_mfa: bool
    idle_after_min: int
    hour_cost_cents: int
    currency: str
    bulk_alone_up_to: int
    objects: ObjectStorage | None
    analytics_password: str
    log: LogSettings
    demo: bool

    @property
    def is_behind_tls(self) -> bool:
        return self.url.startswith("https://")

    @property
    def log_dir(self) -> Path:
        return self.data_dir / "log"


def read(environ: Mapping[str, str]) -> Config:
    """Read the settings; `ImproperlyConfigured` names the variable, what it holds and what it should."""
    _refuse_unknown(environ)
    data_dir = Path(_text(environ, "DATA_DIR")).expanduser().resolve()
    host, port = _bind(environ)
    level = _text(environ, "LOG_LEVEL").upper()
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise _wrong("LOG_LEVEL", level, "one of DEBUG, INFO, WARNING, ERROR")
    log_format = _text(environ, "LOG_FORMAT")
    if log_format not in ("json", "console"):
        raise _wrong("LOG_FORMAT", log_format, "json or console")
    log = read_log(
        _wrong,
        engine=_text(environ, "ENGINE"),
        url=_text(environ, "LOG_URL"),
        keep=_text(environ, "LOG_KEEP_DAYS"),
    )
    return Config(
        data_dir=data_dir,
        database=_database(_text(environ, "DATABASE_URL"), data_dir),
        secret_key=_text(environ, "SECRET_KEY") or _kept_secret(data_dir),
        debug=_flag(environ, "DEBUG"),
        hosts=tuple(host.strip() for host in _text(environ, "HOSTS").split(",") if host.strip()),
        url=_address(environ, "URL"),
        bind_host=host,
        bind_port=port,
        web_processes=_number(environ, "WEB_PROCESSES", least=1, most=64),
        web_threads=_number(environ, "WEB_THREADS", least=1, most=256),
        log_level=level,
        log_format=log_format,
        mail=_mail(_text(environ, "MAIL_URL")),
        mail_from=_text(environ, "MAIL_FROM"),
        oidc_issuer=_issuer(environ),
        oidc_client_id=_text(environ, "OIDC_CLIENT_ID"),
        oidc_client_secret=_text(environ, "OIDC_CLIENT_SECRET"),
        oidc_name=_text(environ, "OIDC_NAME"),
        trust_proxy=_flag(environ, "TRUST_PROXY"),
        webhook_hosts=tuple(
            host.strip().lower() for host in _text(environ, "WEBHOOK_HOSTS").split(",") if host.strip()
        ),
        require_mfa=_flag(environ, "REQUIRE_MFA"),
        idle_after_min=_number(environ, "IDLE_AFTER_MIN", least=1, most=240),
        hour_cost_cents=_number(environ, "HOUR_COST_CENTS", least=0, most=10_000_000),
        currency=_text(environ, "CURRENCY"),
        bulk_alone_up_to=_number(environ, "BULK_ALONE_UP_TO", least=0, most=1_000_000),
        objects=read_objects(
            _wrong,
            endpoint=_address(environ, "S3_ENDPOINT"),
            region=_text(environ, "S3_REGION"),
            key_id=_text(environ, "S3_KEY_ID"),
            secret=_text(environ, "S3_SECRET"),
            buckets=tuple(each.strip() for each in _text(environ, "S3_BUCKETS").split(",") if each.strip()),
            uploads=_text(environ, "S3_UPLOADS"),
            serve=_text(environ, "S3_SERVE"),
            signed_s=_number(environ, "S3_SIGNED_S", least=5, most=3_600),
            is_needed=bool(log.bucket),
        ),
        analytics_password=_text(environ, "ANALYTICS_PASSWORD"),
        log=log,
        demo=_flag(environ, "DEMO"),
    )


# Read by tests and benches, not by the product.
_KNOWN_ELSEWHERE = ("EVENKEEL_REFERENCE_DATA", "EVENKEEL_SCREENSHOTS")


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {setting.variable for setting in CATALOGUE} | set(_KNOWN_ELSEWHERE)
    unknown = sorted(name for name in environ if name.startswith("EVENKEEL_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(
            f"unknown setting {', '.join(unknown)}: unset it, or spell it as one of {', '.join(sorted(known))}"
        )


def _text(environ: Mapping[str, str], name: str) -> str:
    setting = _BY_NAME[name]
    value = environ.get(setting.variable, "").strip()
    return value or setting.default


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = _text(environ, name).lower()
    if value in ("1", "yes", "true", "on"):
        return True
    if value in ("0", "no", "false", "off"):
        return False
    raise _wrong(name, value, "yes or no")


def _number(environ: Mapping[str, str], name: str, *, least: int, most: int) -> int:
    value = _text(environ, name)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise _wrong(name, value, f"a whole number from {least} to {most}")
    return int(value)


def _bind(environ: Mapping[str, str]) -> tuple[str, int]:
    value = _text(environ, "BIND")
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65_535:
        raise _wrong("BIND", value, "host:port, for example 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _address(environ: Mapping[str, str], name: str) -> str:
    value = _text(environ, name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise _wrong(name, value, "an address such as https://ek.example.org")
    return value


def _issuer(environ: Mapping[str, str]) -> str:
    issuer = _address(environ, "OIDC_ISSUER")
    if issuer:
        for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
            if not _text(environ, name):
                raise _wrong(name, "", "set, because EVENKEEL_OIDC_ISSUER is")
    return issuer


def _database(url: str, data_dir: Path) -> Mapping[str, Any]:
    if not url:
        return sqlite(data_dir / "evenkeel.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise _wrong("DATABASE_URL", url, "sqlite:////absolute/path/to/file")
        return sqlite(Path(unquote(parts.path.replace("//", "/", 1))))
    if parts.scheme not in ("postgres", "postgresql"):
        raise _wrong(
            "DATABASE_URL", parts.scheme or "(hidden)", "an address that starts with postgresql:// or sqlite:///"
        )
    # psycopg reads the address itself, so that sockets, options and TLS parameters mean what its manual says.
    from psycopg.conninfo import conninfo_to_dict

    try:
        said = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except Exception as error:
        raise _wrong("DATABASE_URL", "(hidden)", f"postgresql://user:password@host:port/name ({error})") from None
    if not (said.get("dbname") or said.get("service")) or not said.get("port", "5432").isdecimal():
        raise _wrong("DATABASE_URL", "(hidden)", "postgresql://user:password@host:port/name")
    # A statement that is prepared (`ground.shapes`) is planned once a connection. Left to itself PostgreSQL plans one with
    # a list in it anew each time, which costs more than to run it. The address may say otherwise: what comes last holds.
    said["options"] = f"-c plan_cache_mode=force_generic_plan {said.get('options', '')}".rstrip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.pop("dbname", ""),
        "USER": said.pop("user", ""),
        "PASSWORD": said.pop("password", ""),
        "HOST": said.pop("host", ""),
        "PORT": said.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": said,
    }


def sqlite(path: Path) -> Mapping[str, Any]:
    """SQLite as we run it: WAL, every commit on disk before it is acknowledged, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening costs more than most requests, and the last one to close writes the whole WAL back.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
            "PRAGMA mmap_size=134217728",
        },
    }


def _mail(url: str) -> Mapping[str, Any]:
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise _wrong("MAIL_URL", parts.scheme, "smtp://user:password@host:port or smtps://...")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


def _kept_secret(data_dir: Path) -> str:
    path = data_dir / "secret-key"
    if path.exists():
        return path.read_text().strip()
    data_dir.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=data_dir, prefix=".secret-key-")  # readable by the owner alone
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        # A link appears whole or not at all: of two processes that start at once one wins and both read the same.
        Path(path).hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        Path(aside).unlink()
    return path.read_text().strip()


def _wrong(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"EVENKEEL_{name} is {value!r}; it should be {wanted}")
