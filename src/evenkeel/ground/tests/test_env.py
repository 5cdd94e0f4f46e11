"""Settings fail loudly at the start, with the variable's name and the fix."""

from __future__ import annotations

import secrets
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from evenkeel.ground import env
from evenkeel.ground.env import CATALOGUE, Config, read


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    return {"EVENKEEL_DATA_DIR": str(home), "PATH": "/bin"}


def with_(environ: Mapping[str, str], **said: str) -> Config:
    return read({**environ, **{f"EVENKEEL_{name}": value for name, value in said.items()}})


def test_without_any_setting_it_is_safe_and_local(environ: dict[str, str], home: Path) -> None:
    config = read(environ)
    assert (config.debug, config.demo, config.require_mfa, config.trust_proxy) == (False, False, False, False)
    assert (config.bind_host, config.bind_port) == ("127.0.0.1", 8000)
    assert config.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert config.database["NAME"] == str(home / "evenkeel.sqlite3")
    assert config.log_dir == home / "log"
    assert not config.is_behind_tls


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "perhaps", "EVENKEEL_DEBUG is 'perhaps'; it should be yes or no"),
        ("WEB_PROCESSES", "0", "EVENKEEL_WEB_PROCESSES is '0'; it should be a whole number from 1 to 64"),
        ("WEB_PROCESSES", "²", "a whole number"),
        ("WEB_THREADS", "many", "EVENKEEL_WEB_THREADS"),
        ("WEB_THREADS", "257", "from 1 to 256"),
        ("BIND", "8000", "host:port, for example 127.0.0.1:8000"),
        ("BIND", ":8000", "host:port"),
        ("BIND", "localhost:http", "host:port"),
        ("BIND", "localhost:70000", "host:port"),
        ("LOG_LEVEL", "LOUD", "one of DEBUG, INFO, WARNING, ERROR"),
        ("LOG_FORMAT", "xml", "json or console"),
        ("URL", "ek.example.org", "an address such as https://ek.example.org"),
        ("URL", "ftp://ek.example.org", "an address such as"),
        ("ENGINE", "sparc://a:7077", "duckdb, local[2] for Spark in this process, or spark://host:port"),
        ("ENGINE", "local[0]", "duckdb, local[2]"),
        ("LOG_URL", "https://bucket/folder", "empty for the data folder, or s3://bucket/folder"),
        ("LOG_URL", "s3://bucket/../other", "s3://bucket/folder"),
        ("LOG_KEEP_DAYS", "decisions", "fact=days by commas"),
        ("LOG_KEEP_DAYS", "decisions=0", "at least 1"),
        ("URL", "https://", "an address such as"),
        ("OIDC_ISSUER", "login.example.org", "EVENKEEL_OIDC_ISSUER"),
        ("MAIL_URL", "mail.example.org", "smtp://user:password@host:port"),
        ("MAIL_URL", "smtp://", "smtp://user:password@host:port"),
        ("DATABASE_URL", "mysql://x/y", "starts with postgresql:// or sqlite:///"),
        ("DATABASE_URL", "sqlite:///", "sqlite:////absolute/path/to/file"),
        ("DATABASE_URL", "postgresql://ek@db", "postgresql://user:password@host:port/name"),
    ],
)
def test_a_value_that_makes_no_sense_names_the_variable_and_the_fix(
    environ: dict[str, str], name: str, value: str, said: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        with_(environ, **{name: value})
    assert said in str(refusal.value)
    assert f"EVENKEEL_{name}" in str(refusal.value)


def test_an_unknown_setting_is_refused_with_those_there_are(environ: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="unknown setting EVENKEEL_REQUIRE_MFAA") as refusal:
        with_(environ, REQUIRE_MFAA="yes")
    assert "EVENKEEL_REQUIRE_MFA" in str(refusal.value)


def test_variables_of_others_are_nobodys_business(environ: dict[str, str]) -> None:
    read({**environ, "DEBUG": "nonsense", "EVENKEELISH": "x"})


def test_single_sign_on_without_its_secret_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="EVENKEEL_OIDC_CLIENT_ID"):
        with_(environ, OIDC_ISSUER="https://login.example.org")
    with pytest.raises(ImproperlyConfigured, match="EVENKEEL_OIDC_CLIENT_SECRET"):
        with_(environ, OIDC_ISSUER="https://login.example.org", OIDC_CLIENT_ID="ek")
    config = with_(environ, OIDC_ISSUER="https://login.example.org/", OIDC_CLIENT_ID="ek", OIDC_CLIENT_SECRET="s")
    assert config.oidc_issuer == "https://login.example.org"


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("TRUE", True), ("1", True), ("off", False), ("", False)])
def test_yes_and_no_come_in_several_words(environ: dict[str, str], said: str, meant: bool) -> None:
    assert with_(environ, REQUIRE_MFA=said).require_mfa is meant


def test_https_in_the_address_means_tls(environ: dict[str, str]) -> None:
    assert with_(environ, URL="https://ek.example.org/").is_behind_tls
    assert with_(environ, URL="https://ek.example.org/").url == "https://ek.example.org"
    assert not with_(environ, URL="http://ek.example.org").is_behind_tls


def test_lists_are_cut_at_commas(environ: dict[str, str]) -> None:
    assert with_(environ, HOSTS=" a.example , b.example,,").hosts == ("a.example", "b.example")


def test_ipv6_may_be_bound(environ: dict[str, str]) -> None:
    assert (with_(environ, BIND="[::]:80").bind_host, with_(environ, BIND="[::]:80").bind_port) == ("::", 80)


def test_a_postgresql_address_means_what_its_manual_says(environ: dict[str, str]) -> None:
    url = "postgresql://ek:p%40ss@db.example:6432/keel?sslmode=require"
    database = with_(environ, DATABASE_URL=url).database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "keel",
        "ek",
        "p@ss",
        "db.example",
        "6432",
    ]
    assert database["OPTIONS"] == {"sslmode": "require", "options": "-c plan_cache_mode=force_generic_plan"}


def test_a_socket_directory_may_be_the_host(environ: dict[str, str]) -> None:
    assert with_(environ, DATABASE_URL="postgresql:///keel?host=/run/postgresql").database["HOST"] == "/run/postgresql"


def test_a_wrong_address_does_not_show_its_password(environ: dict[str, str]) -> None:
    for url in ("postgresql://ek:geheim@db:port/keel", "ek:geheim@db/keel", "mysql://ek:geheim@db/keel"):
        with pytest.raises(ImproperlyConfigured) as refusal:
            with_(environ, DATABASE_URL=url)
        assert "geheim" not in str(refusal.value)


def test_sqlite_may_lie_anywhere_and_waits_for_other_writers(environ: dict[str, str]) -> None:
    database = with_(environ, DATABASE_URL="sqlite:////srv/ek/keel.sqlite3").database
    assert database["NAME"] == "/srv/ek/keel.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_mail_goes_to_the_log_unless_told_where(environ: dict[str, str]) -> None:
    assert read(environ).mail == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    plain = with_(environ, MAIL_URL="smtp://u:p%2Fw@mail.example").mail
    assert (plain["EMAIL_PORT"], plain["EMAIL_USE_TLS"], plain["EMAIL_HOST_PASSWORD"]) == (587, True, "p/w")
    tls = with_(environ, MAIL_URL="smtps://mail.example").mail
    assert (tls["EMAIL_PORT"], tls["EMAIL_USE_SSL"], tls["EMAIL_USE_TLS"]) == (465, True, False)


def test_the_secret_is_made_once_and_read_by_its_owner_alone(environ: dict[str, str], home: Path) -> None:
    first = read(environ).secret_key
    assert len(first) >= 50
    assert read(environ).secret_key == first
    kept = home / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"], "nothing is left aside"


def test_a_secret_that_another_process_made_meanwhile_is_the_one(
    environ: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(size: int) -> str:
        (home / "secret-key").write_text("theirs")
        return "ours"

    monkeypatch.setattr(secrets, "token_urlsafe", late)
    assert read(environ).secret_key == "theirs"
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_a_given_secret_is_not_written_down(environ: dict[str, str], home: Path) -> None:
    assert with_(environ, SECRET_KEY="x" * 60).secret_key == "x" * 60
    assert not home.exists()


def test_every_setting_says_why_and_is_read(environ: dict[str, str]) -> None:
    source = Path(env.__file__).read_text()
    for setting in CATALOGUE:
        assert setting.why.endswith("."), setting.name
        assert source.count(f'"{setting.name}"') >= 2, f"{setting.name} is in the catalogue, but nothing reads it"


def test_the_log_stays_here_and_for_ever_unless_said(environ: dict[str, str]) -> None:
    log = read(environ).log
    assert (log.engine, log.bucket, log.keep_days, log.is_spark) == ("duckdb", "", (), False)


def test_the_log_goes_to_a_bucket_and_is_read_by_spark_when_said(environ: dict[str, str]) -> None:
    pytest.importorskip("pyspark")
    pytest.importorskip("obstore")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    said = {
        "LOG_URL": "s3://facts/evenkeel/eu/",
        "ENGINE": "spark://a:7077,b:7077",
        "LOG_KEEP_DAYS": "time=30, audits=9",
    }
    config = with_(environ, **said)
    assert (config.log.bucket, config.log.folder) == ("facts", "evenkeel/eu")
    assert config.log.is_spark
    assert config.log.keep_days == (("time", 30), ("audits", 9))
    assert config.objects is not None
    assert config.objects.buckets == ()


def test_spark_without_java_or_the_extra_is_refused_at_the_start(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"Java 17 or newer|evenkeel\[spark\]"):
        with_(environ, ENGINE="local[2]")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'evenkeel\[spark\]'"):
        with_(environ, ENGINE="local[2]")
