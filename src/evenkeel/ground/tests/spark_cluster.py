"""A real Spark cluster of this test run's own: a standalone master and two workers, each a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

# Small: three Java machines, two executors and the driver share this one with other tests. Over a thousand rows compiling
# expressions to bytes takes far longer than walking through them; Spark leaves that choice to executors "under test" alone.
_JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
_ENVIRON = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_DAEMON_MEMORY": "192m",
    "SPARK_DAEMON_JAVA_OPTS": _JAVA,
    "SPARK_LAUNCHER_OPTS": _JAVA,
}
_SETTINGS = f"""
spark.driver.extraJavaOptions {_JAVA}
spark.executor.extraJavaOptions {_JAVA}
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
spark.driver.memory 512m
spark.executor.memory 512m
spark.executor.cores 1
spark.cores.max 2
spark.sql.shuffle.partitions 2
spark.sql.adaptive.enabled false
spark.locality.wait 0
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.executorEnv.SPARK_TESTING yes
spark.ui.enabled false
"""


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """The master's address, once both workers are at it; what they write lies in the folder."""
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine; `make setup` installs it")
    pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    (folder / "conf").mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text(_SETTINGS)
    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    environ = {**os.environ, **_ENVIRON, "SPARK_HOME": str(Path(pyspark.__file__).parent)}
    environ |= {"SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_DIRS": str(folder), "SPARK_NO_DAEMONIZE": "1"}
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    heads = "org.apache.spark.deploy"
    address = ["--host", "127.0.0.1"]
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        for name in ("SPARK_CONF_DIR", "SPARK_LOCAL_IP", "SPARK_LOCAL_DIRS"):
            patch.setenv(name, environ[name])
        told = folder / "master.log"
        said = stack.enter_context(
            _running(
                [program, f"{heads}.master.Master", *address, "--port", str(port), "--webui-port", "0"],
                told,
                environ,
            )
        )
        _wait_for(said, told, "I have been elected leader")
        for number in (1, 2):
            worker = [program, f"{heads}.worker.Worker", *address, "--webui-port", "0", "--cores", "1"]
            worker += ["--memory", "600m", "--work-dir", str(folder / f"work-{number}"), master]
            stack.enter_context(_running(worker, folder / f"worker-{number}.log", environ))
        _wait_for(said, told, "Registering worker", times=2)
        yield master


@contextmanager
def _running(command: list[str], told: Path, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with told.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environ)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], told: Path, words: str, *, times: int = 1) -> None:
    """It says in its own log when it is ready; the loop ends with it."""
    while told.read_text().count(words) < times:
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("Spark did not start:\n" + told.read_text())


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
